package io.riacho.protocol.rest;

import io.riacho.protocol.AwsException;
import org.jspecify.annotations.Nullable;

/** Which HTTP status an error of AWS's has where clients look at that, and not at its name alone. */
final class ProblemStatus {

    private static final int UNAUTHORIZED = 401;
    private static final int BAD_REQUEST = 400;

    private ProblemStatus() {}

    static int of(AwsException error) {
        if (error.status() != BAD_REQUEST) {
            return error.status();
        }
        return switch (error.type()) {
            case "MissingAuthenticationTokenException",
                    "MissingAuthenticationToken",
                    "UnrecognizedClientException",
                    "InvalidClientTokenId",
                    "InvalidSignatureException",
                    "IncompleteSignatureException",
                    "IncompleteSignature",
                    "SignatureDoesNotMatch",
                    "ExpiredTokenException",
                    "ExpiredToken" -> UNAUTHORIZED;
            case "AccessDeniedException", "AccessDenied", "KMSAccessDeniedException", "KMSOptInRequired" -> 403;
            case "ResourceNotFoundException", "NotFoundException", "NoSuchEntity", "UnknownOperationException" -> 404;
            case "ResourceInUseException",
                    "LimitExceededException",
                    "LimitExceeded",
                    "EntityAlreadyExists",
                    "AlreadyExistsException",
                    "DeleteConflict",
                    "KMSDisabledException",
                    "KMSInvalidStateException",
                    "KMSNotFoundException" -> 409;
            case "ExpiredIteratorException", "ExpiredNextTokenException" -> 410;
            case "ProvisionedThroughputExceededException",
                    "ThrottlingException",
                    "Throttling",
                    "TooManyRequestsException",
                    "KMSThrottlingException" -> 429;
            default -> BAD_REQUEST;
        };
    }

    /** Seconds after which to try again; null where that would not help. */
    static @Nullable String retryAfter(int status) {
        return status == 429 || status == 503 ? "1" : null;
    }

    static boolean isUnauthorized(int status) {
        return status == UNAUTHORIZED;
    }
}
