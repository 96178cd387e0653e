package io.riacho.analytics.bucket;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The S3 that reference data and samples are read from.
 *
 * @param endpoint the process's own where it is not given, if it has one
 * @param accessKeyId of an S3 that knows no roles of Riacho: the service reads for the roles then, what their policies allow
 */
@ConfigurationProperties("riacho.analytics.s3")
public record BucketProperties(
        @Nullable URI endpoint,
        @Nullable String accessKeyId,
        @Nullable String secretAccessKey) {

    public BucketProperties {
        if ((accessKeyId == null) != (secretAccessKey == null)) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.analytics.s3.access-key-id", accessKeyId, "It goes with secret-access-key.");
        }
    }

    @Override
    public String toString() {
        return "BucketProperties[" + endpoint + "]";
    }
}
