package io.riacho.protocol.signature;

import io.riacho.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** What AWS answers to a request whose signature it does not accept. */
final class SignatureErrors {

    private SignatureErrors() {}

    static AwsException incompleteHeader(String problems, String authorization) {
        byte[] hash = Sha256.hash(authorization.getBytes(StandardCharsets.ISO_8859_1));
        return incomplete(problems + "(Hashed with SHA-256 and encoded with Base64) Authorization="
                + Base64.getEncoder().encodeToString(hash));
    }

    static AwsException incompleteQuery(String problems) {
        return incomplete(problems + "Re-examine the query-string parameters.");
    }

    static AwsException headerAndQuery() {
        return invalid("Found both 'X-Amz-Algorithm' as a query-string param and 'Authorization' as HTTP header.");
    }

    static AwsException twoHeaders() {
        return invalid("The request has more than one 'Authorization' header.");
    }

    static AwsException malformedDate(String date) {
        return incomplete("Date must be in ISO-8601 'basic format'. Got '" + date
                + "'. See http://en.wikipedia.org/wiki/ISO_8601");
    }

    static AwsException malformedExpiry(String expires) {
        return incomplete("X-Amz-Expires must be a number of seconds between 1 and 604800. Got '" + expires + "'.");
    }

    static AwsException expired(String signed, String earliest, String now, String tolerance) {
        return invalid("Signature expired: " + signed + " is now earlier than " + earliest + " (" + now + " - "
                + tolerance + ")");
    }

    static AwsException notYetCurrent(String signed, String latest, String now, String tolerance) {
        return invalid("Signature not yet current: " + signed + " is still later than " + latest + " (" + now + " + "
                + tolerance + ")");
    }

    static AwsException hostNotSigned() {
        return invalid("'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization.");
    }

    static AwsException headerNotSigned(String header) {
        return invalid("'" + header + "' must be a 'SignedHeader' in the AWS Authorization.");
    }

    static AwsException unsupportedAlgorithm(String algorithm) {
        return incomplete("Unsupported AWS 'algorithm': '" + algorithm + "' (only AWS4-HMAC-SHA256 for now). ");
    }

    static AwsException malformedCredential(String credential) {
        return incomplete(
                "Credential must have exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term,"
                        + " got '" + credential + "'");
    }

    static AwsException wrongScope(String problems) {
        return invalid(problems);
    }

    static AwsException unknownKey() {
        return AwsException.badRequest(
                "UnrecognizedClientException", "The security token included in the request is invalid.");
    }

    static AwsException mismatch() {
        return invalid("The request signature we calculated does not match the signature you provided. Check your AWS"
                + " Secret Access Key and signing method. Consult the service documentation for details.");
    }

    private static AwsException incomplete(String message) {
        return AwsException.badRequest("IncompleteSignatureException", message);
    }

    private static AwsException invalid(String message) {
        return AwsException.badRequest("InvalidSignatureException", message);
    }
}
