package io.riacho.firehose.error;

import io.riacho.protocol.AwsException;
import software.amazon.awssdk.services.firehose.model.InvalidKmsResourceException;

/** What Firehose answers where something is wrong, in its own words as far as they are known. */
public final class FirehoseErrors {

    private FirehoseErrors() {}

    public static AwsException invalidArgument(String message) {
        return AwsException.badRequest("InvalidArgumentException", message);
    }

    /** What this server does not do, by name. */
    public static AwsException notSupported(String what) {
        return invalidArgument("The " + what + " is not supported.");
    }

    public static AwsException notFound(String name, String account) {
        return AwsException.badRequest(
                "ResourceNotFoundException", "Firehose " + name + " under account " + account + " not found.");
    }

    public static AwsException nameInUse(String name, String account) {
        return resourceInUse("Firehose " + name + " under accountId " + account + " already exists");
    }

    public static AwsException notActive(String name, String account, String state) {
        return resourceInUse(
                "Firehose " + name + " under accountId " + account + " not ACTIVE, instead in state " + state);
    }

    public static AwsException resourceInUse(String message) {
        return AwsException.badRequest("ResourceInUseException", message);
    }

    public static AwsException limitExceeded(String message) {
        return AwsException.badRequest("LimitExceededException", message);
    }

    public static AwsException tooManyDeliveryStreams(int quota) {
        return limitExceeded("You have already consumed your firehose quota of " + quota + " hoses.");
    }

    public static AwsException otherVersion(String given, String name, String current) {
        return AwsException.badRequest(
                "ConcurrentModificationException",
                "Version id " + given + " is not the current one of Firehose " + name + ", which is " + current + ".");
    }

    /** @param code KMS's error, such as {@code DisabledException} */
    public static AwsException invalidKmsResource(String code, String message) {
        return AwsException.badRequest("InvalidKMSResourceException", message)
                .with(InvalidKmsResourceException.builder().code(code).build());
    }

    public static AwsException accessDenied(String message) {
        return AwsException.badRequest("AccessDeniedException", message);
    }

    /** Records come to it from elsewhere. */
    public static AwsException invalidSource(String name, String account) {
        return AwsException.badRequest(
                "InvalidSourceException",
                "Firehose " + name + " under account " + account
                        + " has a source of its own: PutRecord and PutRecordBatch are not permitted.");
    }
}
