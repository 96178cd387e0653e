package io.riacho.auth.kms.error;

import io.riacho.protocol.AwsException;

/** The errors of KMS, with AWS's types and, where they are known, AWS's texts. */
public final class KmsErrors {

    private KmsErrors() {}

    public static AwsException validation(String message) {
        return AwsException.badRequest("ValidationException", message);
    }

    public static AwsException notFound(String message) {
        return AwsException.badRequest("NotFoundException", message);
    }

    public static AwsException keyNotFound(String keyArn) {
        return notFound("Key '" + keyArn + "' does not exist");
    }

    public static AwsException aliasNotFound(String aliasArn) {
        return notFound("Alias " + aliasArn + " is not found.");
    }

    public static AwsException invalidKeyId(String keyId) {
        return notFound("Invalid keyId '" + keyId + "'");
    }

    public static AwsException invalidArn(String message) {
        return AwsException.badRequest("InvalidArnException", message);
    }

    public static AwsException disabled(String keyArn) {
        return AwsException.badRequest("DisabledException", keyArn + " is disabled.");
    }

    public static AwsException invalidState(String message) {
        return AwsException.badRequest("KMSInvalidStateException", message);
    }

    public static AwsException pendingDeletion(String keyArn) {
        return invalidState(keyArn + " is pending deletion.");
    }

    public static AwsException aliasExists(String aliasArn) {
        return AwsException.badRequest(
                "AlreadyExistsException", "An alias with the name " + aliasArn + " already exists");
    }

    public static AwsException reservedAlias() {
        return AwsException.badRequest("NotAuthorizedException", "");
    }

    public static AwsException limitExceeded(String message) {
        return AwsException.badRequest("LimitExceededException", message);
    }

    public static AwsException malformedPolicy(String message) {
        return AwsException.badRequest("MalformedPolicyDocumentException", message);
    }

    public static AwsException lockedOut() {
        return malformedPolicy("The new key policy will not allow you to update the key policy in the future.");
    }

    public static AwsException invalidGrantToken() {
        return AwsException.badRequest("InvalidGrantTokenException", "");
    }

    public static AwsException invalidGrantId() {
        return AwsException.badRequest("InvalidGrantIdException", "");
    }

    public static AwsException grantNotFound(String grantId) {
        return notFound("Grant ID " + grantId + " not found");
    }

    public static AwsException invalidMarker() {
        return AwsException.badRequest("InvalidMarkerException", "");
    }

    /** Says no more: whoever tampers is not told what was noticed. */
    public static AwsException invalidCiphertext() {
        return AwsException.badRequest("InvalidCiphertextException", "");
    }

    public static AwsException incorrectKey() {
        return AwsException.badRequest(
                "IncorrectKeyException",
                "The key ID in the request does not identify a CMK that can perform this operation.");
    }

    /** Of a ciphertext whose key is not here. */
    public static AwsException foreignCiphertext() {
        return AwsException.badRequest(
                "AccessDeniedException",
                "The ciphertext refers to a customer master key that does not exist, does not exist in this region, or"
                        + " you are not allowed to access.");
    }

    public static AwsException accessDenied(String message) {
        return AwsException.badRequest("AccessDeniedException", message);
    }

    public static AwsException invalidKeyUsage(String message) {
        return AwsException.badRequest("InvalidKeyUsageException", message);
    }

    public static AwsException unsupported(String message) {
        return AwsException.badRequest("UnsupportedOperationException", message);
    }

    public static AwsException tag(String message) {
        return AwsException.badRequest("TagException", message);
    }

    public static AwsException dryRun() {
        return AwsException.badRequest(
                "DryRunOperationException", "The request would have succeeded, but the DryRun option is set.");
    }

    /** Whoever wraps the key's material cannot be asked; trying again later may succeed. */
    public static AwsException keyUnavailable(String message) {
        return AwsException.of("KeyUnavailableException", 500, message);
    }
}
