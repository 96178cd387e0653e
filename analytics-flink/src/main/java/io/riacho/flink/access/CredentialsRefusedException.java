package io.riacho.flink.access;

import software.amazon.awssdk.core.exception.SdkClientException;

/** The endpoint of credentials gives none: the role is not for whoever asks. To ask again at once does not help. */
final class CredentialsRefusedException extends SdkClientException {

    private static final long serialVersionUID = 1L;

    CredentialsRefusedException(String message) {
        super(SdkClientException.builder().message(message));
    }

    /** Whether a request failed by this, however the SDK wraps it. */
    static boolean isIn(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; cause != null && depth < 10; depth++) {
            if (cause instanceof CredentialsRefusedException) {
                return true;
            }
            cause = cause.getCause();
        }
        return false;
    }
}
