package io.riacho.protocol.shape;

import io.riacho.protocol.AwsException;
import tools.jackson.core.JsonToken;

/** What AWS answers to a body that it cannot read. */
final class SerializationErrors {

    private static final String TYPE = "SerializationException";

    /** How much of a value that is not Base64 the answer repeats. */
    private static final int SHOWN = 128;

    private SerializationErrors() {}

    /** The body is not JSON or CBOR at all, or is no structure. AWS says no more than that. */
    static AwsException malformed() {
        return AwsException.badRequest(TYPE, "");
    }

    static AwsException listNotExpected() {
        return AwsException.badRequest(TYPE, "Start of list found where not expected");
    }

    static AwsException structureNotExpected() {
        return AwsException.badRequest(TYPE, "Start of structure or map found where not expected.");
    }

    static AwsException notConvertible(JsonToken token, String target) {
        return switch (token) {
            case START_ARRAY -> listNotExpected();
            case START_OBJECT -> structureNotExpected();
            default -> AwsException.badRequest(TYPE, name(token) + " can not be converted to " + target);
        };
    }

    static AwsException listExpected(JsonToken token) {
        return token == JsonToken.START_OBJECT
                ? structureNotExpected()
                : AwsException.badRequest(TYPE, "Expected list or null");
    }

    static AwsException mapExpected(JsonToken token) {
        return token == JsonToken.START_ARRAY
                ? listNotExpected()
                : AwsException.badRequest(TYPE, "Expected map or null");
    }

    static AwsException structureExpected(JsonToken token) {
        return token == JsonToken.START_ARRAY ? listNotExpected() : AwsException.badRequest(TYPE, "Expected null");
    }

    static AwsException notBase64(String value, String problem) {
        String shown = value.length() <= SHOWN ? value : value.substring(0, SHOWN) + "...";
        return AwsException.badRequest(TYPE, "'" + shown + "' can not be converted to a Blob: " + problem);
    }

    private static String name(JsonToken token) {
        return switch (token) {
            case VALUE_STRING -> "STRING_VALUE";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "NUMBER_VALUE";
            case VALUE_TRUE -> "TRUE_VALUE";
            case VALUE_FALSE -> "FALSE_VALUE";
            case VALUE_EMBEDDED_OBJECT -> "BYTE_STRING_VALUE";
            default -> token.name();
        };
    }
}
