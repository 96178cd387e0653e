package io.riacho.auth.iam;

import io.riacho.auth.identity.EntityKind;
import io.riacho.policy.InvalidPolicyException;
import io.riacho.protocol.AwsException;

/** IAM's errors, by their codes in the Query protocol. */
public final class IamErrors {

    private static final int NOT_FOUND = 404;
    private static final int CONFLICT = 409;

    private IamErrors() {}

    public static AwsException noSuch(EntityKind kind, String name) {
        return noSuchEntity("The " + kind.word() + " with name " + name + " cannot be found.");
    }

    public static AwsException noSuchPolicy(String arn) {
        return noSuchEntity("Policy " + arn + " was not found.");
    }

    public static AwsException noSuchPolicyVersion(String arn, String version) {
        return noSuchEntity("Policy " + arn + " version " + version + " does not exist or is not attachable.");
    }

    public static AwsException notAttachable(String arn) {
        return noSuchEntity("Policy " + arn + " does not exist or is not attachable.");
    }

    public static AwsException noSuchEntity(String message) {
        return AwsException.of("NoSuchEntity", NOT_FOUND, message);
    }

    public static AwsException alreadyExists(String message) {
        return AwsException.of("EntityAlreadyExists", CONFLICT, message);
    }

    public static AwsException limitExceeded(String quota, int limit) {
        return limitExceeded("Cannot exceed quota for " + quota + ": " + limit);
    }

    public static AwsException limitExceeded(String message) {
        return AwsException.of("LimitExceeded", CONFLICT, message);
    }

    public static AwsException deleteConflict(String message) {
        return AwsException.of("DeleteConflict", CONFLICT, message);
    }

    public static AwsException concurrentModification() {
        return AwsException.of(
                "ConcurrentModification",
                CONFLICT,
                "The request was rejected because multiple requests to change this object were submitted simultaneously."
                        + " Wait a few minutes and submit your request again.");
    }

    public static AwsException malformed(InvalidPolicyException error) {
        return AwsException.badRequest("MalformedPolicyDocument", error.getMessage());
    }

    public static AwsException invalidInput(String message) {
        return AwsException.badRequest("InvalidInput", message);
    }

    public static AwsException validation(String message) {
        return AwsException.badRequest("ValidationError", message);
    }

    /** For options of operations that are served. */
    public static AwsException notSupported(String what) {
        return validation(what + " is not supported.");
    }
}
