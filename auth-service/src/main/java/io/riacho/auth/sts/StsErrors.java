package io.riacho.auth.sts;

import io.riacho.protocol.AwsException;

/** What STS answers. */
final class StsErrors {

    private StsErrors() {}

    static AwsException invalid(String message) {
        return AwsException.badRequest("ValidationError", message);
    }

    static AwsException parameter(String message) {
        return AwsException.badRequest("InvalidParameterValue", message);
    }

    static AwsException malformedPolicy(String message) {
        return AwsException.badRequest("MalformedPolicyDocument", message);
    }

    static AwsException packedPolicyTooLarge(int percent) {
        return AwsException.badRequest(
                "PackedPolicyTooLarge",
                "Packed size of session policies and tags consumes " + percent + "% of allotted space.");
    }

    static AwsException denied(String message) {
        return AwsException.of("AccessDenied", 403, message);
    }

    static AwsException invalidIdentityToken(String message) {
        return AwsException.badRequest("InvalidIdentityToken", message);
    }

    static AwsException expiredIdentityToken(String message) {
        return AwsException.badRequest("ExpiredTokenException", message);
    }

    static AwsException rejectedClaim(String message) {
        return AwsException.of("IDPRejectedClaim", 403, message);
    }

    static AwsException providerUnreachable() {
        return AwsException.badRequest(
                "IDPCommunicationError", "Couldn't retrieve verification key from your identity provider");
    }

    static AwsException throttled(long seconds) {
        return AwsException.badRequest("Throttling", "Rate exceeded").retryAfter(seconds);
    }
}
