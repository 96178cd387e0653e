package io.riacho.compatibility;

import java.util.Locale;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.awscore.exception.AwsServiceException;

/**
 * A failure as a client in another language reports it.
 *
 * @param type the class of its exception, such as {@code ResourceNotFoundException}, or its general one where it knows none
 * @param code the error code it read from the answer; empty where the failure did not come from the server
 * @param status the HTTP status
 */
record ServiceFailure(String type, String code, String message, int status) {

    /**
     * The Java SDK's exception of the same type, so that a test reads the same for every client.
     *
     * @param service as the SDK names it, such as {@code Kinesis}
     */
    RuntimeException asException(String service) {
        if (code.isEmpty()) {
            return new IllegalStateException("The client failed by itself: " + type + ": " + message);
        }
        AwsServiceException.Builder builder = modelled(service);
        builder.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName(service)
                .build());
        builder.statusCode(status);
        return builder.message(message).build() instanceof RuntimeException exception
                ? exception
                : new IllegalStateException(message);
    }

    private AwsServiceException.Builder modelled(String service) {
        String models = "software.amazon.awssdk.services." + service.toLowerCase(Locale.ROOT) + ".model.";
        try {
            try {
                return builder(models + type);
            } catch (ClassNotFoundException e) {
                return builder(models + service + "Exception");
            }
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    private static AwsServiceException.Builder builder(String exception) throws ReflectiveOperationException {
        return (AwsServiceException.Builder)
                Class.forName(exception).getMethod("builder").invoke(null);
    }
}
