package io.riacho.firehose.format;

import io.riacho.firehose.catalog.HiveType;
import tools.jackson.core.JsonToken;

/**
 * Where a value is to stand.
 *
 * @param name the column, and the way to the field in it
 */
record Place(HiveType type, String name) {

    /** @param what stands there, which does not fit; not the value itself */
    ConversionException misfit(String what) {
        return ConversionException.misfit("Column " + name + " is " + type + ", and has " + what + '.');
    }

    ConversionException misfit(JsonToken token) {
        return misfit(kind(token));
    }

    private static String kind(JsonToken token) {
        return switch (token) {
            case START_OBJECT -> "an object";
            case START_ARRAY -> "an array";
            case VALUE_STRING -> "a string";
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> "a number";
            case VALUE_TRUE, VALUE_FALSE -> "a boolean";
            default -> "something else";
        };
    }
}
