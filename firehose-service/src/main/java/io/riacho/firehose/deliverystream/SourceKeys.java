package io.riacho.firehose.deliverystream;

import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.protocol.Arn;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyService;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionConfigurationInput;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.KeyType;

/**
 * Finds the key that a request asks to encrypt a delivery stream with. Who asks for a customer managed key has to be
 * allowed to let Firehose use it: AWS makes a grant for that, and so asks for {@code kms:CreateGrant}.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/APIReference/API_StartDeliveryStreamEncryption.html">
 *     StartDeliveryStreamEncryption</a>
 */
final class SourceKeys {

    private final @Nullable KeyService kms;
    private final String region;

    /** @param kms null where the server runs without KMS */
    SourceKeys(@Nullable KeyService kms, String region) {
        this.kms = kms;
        this.region = region;
    }

    SourceKey requested(
            DeliveryStreamEncryptionConfigurationInput input,
            DeliveryStreamType type,
            String streamArn,
            RequestContext context) {
        requireDirectPut(type);
        String keyArn = input.keyARN();
        if (input.keyType() != KeyType.CUSTOMER_MANAGED_CMK) {
            if (keyArn != null) {
                throw FirehoseErrors.invalidArgument("KeyARN cannot be specified when KeyType is AWS_OWNED_CMK");
            }
            return new SourceKey(KeyType.AWS_OWNED_CMK, null);
        }
        if (keyArn == null) {
            throw FirehoseErrors.invalidArgument("KeyARN has to be specified when KeyType is CUSTOMER_MANAGED_CMK");
        }
        if (!Arn.parse(keyArn).map(Arn::region).orElse("").equals(region)) {
            throw FirehoseErrors.invalidArgument("Cross-region keys are not allowed for SSE. Please provide CMKs in the"
                    + " same region as firehose");
        }
        KeyDescription key = describe(keyArn);
        if (!key.isEnabled()) {
            throw key.state().equals("Disabled")
                    ? FirehoseErrors.invalidKmsResource("DisabledException", keyArn + " is disabled.")
                    : FirehoseErrors.invalidKmsResource(
                            "KMSInvalidStateException", keyArn + " is in state " + key.state() + ".");
        }
        context.require(new Permission(
                "kms:CreateGrant",
                key.arn(),
                key.accountId(),
                Map.of(
                        "kms:viaservice",
                        List.of("firehose." + region + ".amazonaws.com"),
                        "kms:calleraccount",
                        List.of(context.accountId()),
                        "kms:grantisforawsresource",
                        List.of("true"),
                        "kms:encryptioncontext:aws:firehose:arn",
                        List.of(streamArn)),
                key.policy(),
                true));
        return new SourceKey(KeyType.CUSTOMER_MANAGED_CMK, keyArn);
    }

    static void requireDirectPut(DeliveryStreamType type) {
        if (type != DeliveryStreamType.DIRECT_PUT) {
            throw FirehoseErrors.invalidArgument("Server side encryption from firehose is only allowed for direct put"
                    + " delivery streams and database as a source delivery streams");
        }
    }

    private KeyDescription describe(String keyArn) {
        if (kms == null) {
            throw FirehoseErrors.invalidKmsResource(
                    "KMSOptInRequired",
                    "This server runs without KMS. Encryption with a customer managed key needs it.");
        }
        try {
            return kms.describe(keyArn);
        } catch (KeyException e) {
            String message = String.valueOf(e.getMessage());
            throw switch (e.reason()) {
                case NOT_FOUND -> FirehoseErrors.invalidKmsResource("NotFoundException", message);
                case DISABLED -> FirehoseErrors.invalidKmsResource("DisabledException", message);
                case INVALID_STATE -> FirehoseErrors.invalidKmsResource("KMSInvalidStateException", message);
                case ACCESS_DENIED -> FirehoseErrors.invalidKmsResource("AccessDeniedException", message);
                case THROTTLED, UNAVAILABLE -> FirehoseErrors.limitExceeded("KMS cannot be asked now: " + message);
            };
        }
    }
}
