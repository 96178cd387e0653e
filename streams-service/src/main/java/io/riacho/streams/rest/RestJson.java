package io.riacho.streams.rest;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.rest.RestBody;
import io.riacho.streams.error.KinesisErrors;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.cfg.CoercionAction;
import tools.jackson.databind.cfg.CoercionInputShape;
import tools.jackson.databind.exc.UnrecognizedPropertyException;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.type.LogicalType;

/** Reads the bodies of requests. A member that is not known would do nothing, so it is refused. */
final class RestJson {

    static final JsonMapper MAPPER = JsonMapper.builder()
            .enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .disable(DeserializationFeature.ACCEPT_FLOAT_AS_INT)
            .disable(MapperFeature.ALLOW_COERCION_OF_SCALARS)
            .withCoercionConfig(LogicalType.Textual, coercion -> {
                coercion.setCoercion(CoercionInputShape.Integer, CoercionAction.Fail);
                coercion.setCoercion(CoercionInputShape.Float, CoercionAction.Fail);
                coercion.setCoercion(CoercionInputShape.Boolean, CoercionAction.Fail);
            })
            .build();

    private RestJson() {}

    /** @throws AwsException where the body is not an object of that form */
    static <T> T read(RestBody body, Class<T> form) {
        if (body.length() == 0) {
            throw malformed();
        }
        try {
            T read = MAPPER.readerFor(form).readValue(body.array(), 0, body.length());
            if (read == null) {
                throw malformed();
            }
            return read;
        } catch (UnrecognizedPropertyException e) {
            throw unknownMember(e.getPropertyName());
        } catch (JacksonException e) {
            throw malformed();
        }
    }

    static AwsException malformed() {
        return AwsException.badRequest("SerializationException", "The body is not valid JSON of the expected form.");
    }

    static AwsException unknownMember(String name) {
        return KinesisErrors.validation("The body has a member that is not known: '" + name + "'.");
    }
}
