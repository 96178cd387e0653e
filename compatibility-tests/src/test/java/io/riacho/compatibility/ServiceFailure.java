package io.riacho.compatibility;

import java.lang.reflect.Method;
import software.amazon.awssdk.awscore.exception.AwsErrorDetails;
import software.amazon.awssdk.services.kinesis.model.KinesisException;

/**
 * A failure as a client in another language reports it.
 *
 * @param type the class of its exception, such as {@code ResourceNotFoundException}, or its general one where it knows none
 * @param code the error code it read from the answer; empty where the failure did not come from the server
 * @param status the HTTP status
 */
record ServiceFailure(String type, String code, String message, int status) {

    /** The Java SDK's exception of the same type, so that a test reads the same for every client. */
    RuntimeException asException() {
        if (code.isEmpty()) {
            return new IllegalStateException("The client failed by itself: " + type + ": " + message);
        }
        KinesisException.Builder builder = modelled();
        builder.awsErrorDetails(AwsErrorDetails.builder()
                .errorCode(code)
                .errorMessage(message)
                .serviceName("Kinesis")
                .build());
        builder.statusCode(status);
        return builder.message(message).build() instanceof RuntimeException exception
                ? exception
                : new IllegalStateException(message);
    }

    private KinesisException.Builder modelled() {
        try {
            Class<?> exception = Class.forName(KinesisException.class.getPackageName() + "." + type);
            Method builder = exception.getMethod("builder");
            return (KinesisException.Builder) builder.invoke(null);
        } catch (ClassNotFoundException e) {
            return (KinesisException.Builder) KinesisException.builder();
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
