package io.riacho.streams.encryption;

import io.riacho.log.KeyUnavailableException;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.key.KeyException;
import io.riacho.streams.error.KinesisErrors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The KMS… errors of the API of Kinesis. */
public final class KeyErrors {

    private static final Logger log = LoggerFactory.getLogger(KeyErrors.class);

    private KeyErrors() {}

    /** What a reader is told whose records cannot be decrypted. */
    public static AwsException of(KeyUnavailableException e) {
        if (e.getCause() instanceof AwsException told) {
            return told;
        }
        log.error("Records cannot be decrypted", e);
        return KinesisErrors.internalFailure("The server has lost the key of these records.");
    }

    static AwsException of(KeyException e) {
        return switch (e.reason()) {
            case NOT_FOUND -> error("KMSNotFoundException", e.getMessage());
            case DISABLED -> error("KMSDisabledException", e.getMessage());
            case INVALID_STATE -> error("KMSInvalidStateException", e.getMessage());
            case ACCESS_DENIED -> error("KMSAccessDeniedException", e.getMessage());
            case THROTTLED -> error("KMSThrottlingException", e.getMessage());
            case UNAVAILABLE -> {
                log.warn("KMS cannot be used: {}", e.getMessage());
                yield KinesisErrors.internalFailure("KMS cannot be reached now.");
            }
        };
    }

    static AwsException disabled(String keyArn) {
        return error("KMSDisabledException", keyArn + " is disabled.");
    }

    static AwsException invalidState(String keyArn, String state) {
        return error("KMSInvalidStateException", keyArn + " is in state " + state + ".");
    }

    static AwsException accessDenied(String message) {
        return error("KMSAccessDeniedException", message);
    }

    static AwsException noKms() {
        return error("KMSOptInRequired", "This server runs without KMS. Encryption of streams needs it.");
    }

    private static AwsException error(String type, @org.jspecify.annotations.Nullable String message) {
        return AwsException.badRequest(type, String.valueOf(message));
    }
}
