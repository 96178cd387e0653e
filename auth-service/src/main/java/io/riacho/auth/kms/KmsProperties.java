package io.riacho.auth.kms;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How keys are kept.
 *
 * @param externalEndpoint of another KMS, or of what speaks its API, under whose key new key material is wrapped; none by
 *     default: the root key wraps it. Credentials come from where the AWS SDK looks for them
 * @param externalRegion the region that requests to it are signed for
 * @param externalKeyId the key there, as id, ARN or alias; needed with an endpoint
 * @param sweepInterval how often keys are looked for that are to be deleted or rotated
 */
@ConfigurationProperties("riacho.auth.kms")
record KmsProperties(
        @Nullable URI externalEndpoint,
        @DefaultValue("us-east-1") String externalRegion,
        @Nullable String externalKeyId,
        @DefaultValue("1m") Duration sweepInterval) {

    KmsProperties {
        if (externalEndpoint != null && externalKeyId == null) {
            throw new IllegalArgumentException(
                    "riacho.auth.kms.external-endpoint needs riacho.auth.kms.external-key-id");
        }
        if (externalEndpoint == null && externalKeyId != null) {
            throw new IllegalArgumentException(
                    "riacho.auth.kms.external-key-id needs riacho.auth.kms.external-endpoint");
        }
    }
}
