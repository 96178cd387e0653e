package io.riacho.protocol.rest;

import io.riacho.protocol.AwsException;

/** What is answered before an endpoint is reached, or where one fails unexpectedly. */
final class RestErrors {

    private RestErrors() {}

    static AwsException notFound() {
        return AwsException.of("NotFoundException", 404, "There is nothing at this path.");
    }

    static AwsException noCertificate() {
        return AwsException.of(
                "AccessDeniedException",
                403,
                "This path is for clients that show a certificate of the client CA only.");
    }

    static AwsException badPath() {
        return AwsException.badRequest("ValidationException", "The path is not in its normal form.");
    }

    static AwsException ofStatus(int status) {
        return switch (status) {
            case 404 -> notFound();
            case 405 -> AwsException.of("MethodNotAllowedException", 405, "The path does not take this method.");
            case 406 -> AwsException.of("NotAcceptableException", 406, "None of the accepted media types is offered.");
            case 413 -> AwsException.of("RequestEntityTooLargeException", 413, "The request body is too large.");
            case 415 -> AwsException.of("UnsupportedMediaTypeException", 415, "The media type is not supported.");
            default -> AwsException.badRequest("ValidationException", "The request is not valid.");
        };
    }

    static AwsException badValue(String name) {
        return AwsException.badRequest("ValidationException", "The value of '" + name + "' is not valid.");
    }

    static AwsException missing(String name) {
        return AwsException.badRequest("ValidationException", "'" + name + "' is missing.");
    }

    static AwsException unreadable() {
        return AwsException.badRequest("SerializationException", "The body is not valid JSON of the expected form.");
    }

    static AwsException internalFailure() {
        return AwsException.of("InternalFailure", 500, "");
    }
}
