package io.riacho.compatibility;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.utils.builder.Buildable;

/** The Java SDK's model objects as plain maps and lists, for clients in other languages: blobs are Base64, times ISO 8601. */
final class ModelJson {

    private ModelJson() {}

    static Map<String, Object> toMap(SdkPojo model) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (SdkField<?> field : model.sdkFields()) {
            Object value = field.getValueOrDefault(model);
            if (value != null && isSet(value)) {
                map.put(field.locationName(), toPlain(value));
            }
        }
        return map;
    }

    /** Fills the builder of a model object from a map, and builds it. */
    static Object fromMap(SdkPojo builder, Map<?, ?> map) {
        for (SdkField<?> field : builder.sdkFields()) {
            Object value = map.get(field.locationName());
            if (value != null) {
                field.set(builder, fromPlain(field, value));
            }
        }
        return ((Buildable) builder).build();
    }

    /** The SDK tells a list that was never set from an empty one by its class alone. */
    private static boolean isSet(Object value) {
        String type = value.getClass().getSimpleName();
        return !type.equals("DefaultSdkAutoConstructList") && !type.equals("DefaultSdkAutoConstructMap");
    }

    private static Object toPlain(Object value) {
        return switch (value) {
            case SdkPojo model -> toMap(model);
            case SdkBytes bytes -> Base64.getEncoder().encodeToString(bytes.asByteArrayUnsafe());
            case Instant time -> time.toString();
            case List<?> list -> list.stream().map(ModelJson::toPlain).toList();
            default -> value;
        };
    }

    private static Object fromPlain(SdkField<?> field, Object value) {
        MarshallingType<?> type = field.marshallingType();
        if (type == MarshallingType.SDK_POJO) {
            return fromMap(field.constructor().get(), (Map<?, ?>) value);
        } else if (type == MarshallingType.LIST) {
            SdkField<?> member = field.getRequiredTrait(ListTrait.class).memberFieldInfo();
            List<Object> list = new ArrayList<>();
            ((List<?>) value).forEach(item -> list.add(fromPlain(member, item)));
            return list;
        } else if (type == MarshallingType.MAP) {
            SdkField<?> member = field.getRequiredTrait(MapTrait.class).valueFieldInfo();
            Map<Object, Object> entries = new LinkedHashMap<>();
            ((Map<?, ?>) value).forEach((key, item) -> entries.put(key, fromPlain(member, item)));
            return entries;
        } else if (type == MarshallingType.SDK_BYTES) {
            return SdkBytes.fromByteArrayUnsafe(Base64.getDecoder().decode((String) value));
        } else if (type == MarshallingType.INSTANT) {
            return OffsetDateTime.parse((String) value).toInstant();
        } else if (type == MarshallingType.LONG) {
            return ((Number) value).longValue();
        }
        return value;
    }
}
