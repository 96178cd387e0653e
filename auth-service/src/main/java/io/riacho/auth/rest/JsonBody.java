package io.riacho.auth.rest;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.rest.RestBody;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** Request bodies in JSON. A member that is not known is an error: nothing is taken and ignored. */
public final class JsonBody {

    private static final int LONGEST = 64 * 1024;
    private static final JsonMapper JSON = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private JsonBody() {}

    public static <T> T read(RestBody body, Class<T> type) {
        if (body.length() > LONGEST) {
            throw AwsException.of("RequestEntityTooLarge", 413, "The body is longer than 64 KiB");
        }
        try {
            T read = JSON.readValue(body.array(), 0, body.length(), type);
            if (read != null) {
                return read;
            }
        } catch (JacksonException e) {
            // Its message could hold a part of the body, and so a secret.
        }
        throw AwsException.badRequest("ValidationException", "The body is not the JSON object that is asked for");
    }

    public static <T> T required(String name, @Nullable T value) {
        if (value == null) {
            throw AwsException.badRequest("ValidationException", name + " is missing");
        }
        return value;
    }
}
