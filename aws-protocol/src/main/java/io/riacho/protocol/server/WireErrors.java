package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;

/** What is answered before an operation is reached, or where one fails unexpectedly. An empty message is left out, as AWS does. */
final class WireErrors {

    private WireErrors() {}

    static AwsException unknownOperation() {
        return AwsException.badRequest("UnknownOperationException", "");
    }

    static AwsException notImplemented(String operation) {
        return AwsException.badRequest(
                "UnknownOperationException", "The operation " + operation + " is not implemented by this server.");
    }

    static AwsException missingToken() {
        return AwsException.badRequest("MissingAuthenticationTokenException", "Missing Authentication Token");
    }

    static AwsException unsignedHeader(String header) {
        return AwsException.badRequest(
                "InvalidSignatureException",
                "'" + header
                        + "' must be a 'SignedHeader' in the AWS Authorization, because it tells what is asked for.");
    }

    static AwsException bodyTooLarge(long max) {
        return AwsException.of(
                "RequestEntityTooLargeException", 413, "The request body is larger than " + max + " bytes.");
    }

    static AwsException unexpectedBody(String method) {
        return AwsException.badRequest("ValidationException", "A " + method + " request has no body.");
    }

    static AwsException encodedBody(String encoding) {
        return AwsException.of(
                "UnsupportedMediaTypeException", 415, "Content-Encoding " + encoding + " is not supported.");
    }

    static AwsException malformedGzip() {
        return AwsException.badRequest("SerializationException", "The request body is not in the gzip format.");
    }

    static AwsException busy() {
        return AwsException.of("ServiceUnavailable", 503, "Too many requests are in flight. Please try again later.");
    }

    static AwsException internalFailure() {
        return AwsException.of("InternalFailure", 500, "");
    }
}
