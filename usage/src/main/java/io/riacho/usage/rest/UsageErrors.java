package io.riacho.usage.rest;

import io.riacho.protocol.AwsException;

final class UsageErrors {

    private UsageErrors() {}

    static AwsException invalid(String message) {
        return AwsException.badRequest("ValidationException", message);
    }

    static AwsException malformed() {
        return AwsException.badRequest("SerializationException", "The body is not valid JSON of the expected form.");
    }
}
