package io.riacho.analytics.discovery;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.protocol.role.RoleException;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.SdkException;

/** What clients of other services say that failed. */
final class SdkErrors {

    private SdkErrors() {}

    static String message(AwsServiceException failure) {
        return failure.awsErrorDetails() == null
                ? String.valueOf(failure.getMessage())
                : failure.awsErrorDetails().errorCode() + ": "
                        + failure.awsErrorDetails().errorMessage();
    }

    static RuntimeException told(String what, SdkException failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof RoleException role) {
                return told(role);
            }
        }
        return AnalyticsErrors.serviceUnavailable(what + " now.");
    }

    static RuntimeException told(RoleException failure) {
        return failure.reason() == RoleException.Reason.DENIED
                ? AnalyticsErrors.invalidArgument(failure.getMessage())
                : AnalyticsErrors.serviceUnavailable(failure.getMessage());
    }
}
