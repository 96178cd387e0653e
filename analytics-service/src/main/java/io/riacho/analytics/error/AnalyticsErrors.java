package io.riacho.analytics.error;

import io.riacho.analytics.job.CodeException;
import io.riacho.protocol.AwsException;
import java.util.List;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.UnableToDetectSchemaException;

/** What Analytics answers where something is wrong. */
public final class AnalyticsErrors {

    private AnalyticsErrors() {}

    public static AwsException invalidArgument(String message) {
        return AwsException.badRequest("InvalidArgumentException", message);
    }

    /** What this server does not do, by name. */
    public static AwsException notSupported(String what) {
        return invalidArgument(what + " is not supported.");
    }

    public static AwsException unsupportedOperation(String message) {
        return AwsException.badRequest("UnsupportedOperationException", message);
    }

    /** The first API is asked about an application of the second. */
    public static AwsException ofSecondApi(String name) {
        return unsupportedOperation(name + " was created/updated by kinesisanalyticsv2 SDK. Please use kinesisanalyticsv2"
                + " SDK to make changes to " + name + ".");
    }

    public static AwsException notFound(String name, String account) {
        return resourceNotFound("Application " + name + " under account " + account + " not found.");
    }

    public static AwsException resourceNotFound(String message) {
        return AwsException.badRequest("ResourceNotFoundException", message);
    }

    public static AwsException nameInUse(String name) {
        return resourceInUse("Application already exists: " + name);
    }

    public static AwsException wrongState(String name, String status) {
        return resourceInUse("Application " + name + " is in the state " + status
                + ", in which this operation is not possible.");
    }

    public static AwsException resourceInUse(String message) {
        return AwsException.badRequest("ResourceInUseException", message);
    }

    public static AwsException otherVersion(String name, long given, long current) {
        return concurrentModification("Version " + given + " is not the current one of application " + name
                + ", which is " + current + ".");
    }

    public static AwsException concurrentModification(String message) {
        return AwsException.badRequest("ConcurrentModificationException", message);
    }

    public static AwsException limitExceeded(String message) {
        return AwsException.badRequest("LimitExceededException", message);
    }

    public static AwsException tooManyTags(String message) {
        return AwsException.badRequest("TooManyTagsException", message);
    }

    /** The code is wrong, as an update finds. */
    public static AwsException codeValidation(CodeException problem) {
        return AwsException.badRequest("CodeValidationException", text(problem));
    }

    /** The code is wrong, as a start finds. */
    public static AwsException invalidConfiguration(CodeException problem) {
        return invalidConfiguration(text(problem));
    }

    public static AwsException invalidConfiguration(String message) {
        return AwsException.badRequest("InvalidApplicationConfigurationException", message);
    }

    /** @param records that were sampled */
    public static AwsException undetected(String message, List<String> records) {
        return AwsException.badRequest("UnableToDetectSchemaException", message)
                .with(UnableToDetectSchemaException.builder()
                        .rawInputRecords(records)
                        .processedInputRecords(records)
                        .build());
    }

    public static AwsException serviceUnavailable(String message) {
        return AwsException.of("ServiceUnavailableException", 503, message);
    }

    public static AwsException accessDenied(String message) {
        return AwsException.badRequest("AccessDeniedException", message);
    }

    /** What is wrong with the code, and where. */
    public static String text(CodeException problem) {
        String message = String.valueOf(problem.getMessage());
        return problem.line() > 0
                ? "Line " + problem.line() + ", column " + problem.column() + ": " + message
                : message;
    }
}
