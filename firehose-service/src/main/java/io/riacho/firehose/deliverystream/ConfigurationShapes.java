package io.riacho.firehose.deliverystream;

import io.riacho.protocol.shape.Shape;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Turns the API's shapes of one destination into each other: configuration, update and description have members of the
 * same names, but for some.
 */
final class ConfigurationShapes {

    /** What a configuration's member is called in the description. */
    private static final Map<String, String> DESCRIBED = Map.of(
            "S3Configuration", "S3DestinationDescription",
            "S3BackupConfiguration", "S3BackupDescription",
            "VpcConfiguration", "VpcConfigurationDescription");

    /** What an update's member is called in the configuration. These are merged, any other member is replaced as a whole. */
    private static final Map<String, String> MERGED = Map.of(
            "S3Update", "S3Configuration",
            "S3BackupUpdate", "S3BackupConfiguration");

    /** What is never described. */
    private static final Set<String> SECRETS = Set.of("AccessKey", "Password", "PrivateKey", "KeyPassphrase");

    private ConfigurationShapes() {}

    /** What is told of a configuration. */
    static <T extends SdkPojo> T describe(SdkPojo configuration, Class<T> description) {
        return copy(configuration, description, true);
    }

    /** The same members in another shape, which has them all. */
    static <T extends SdkPojo> T as(SdkPojo configuration, Class<T> other) {
        return copy(configuration, other, false);
    }

    /** The same as {@link #describe}, but of what the other shape does not have nothing is said. */
    static <T extends SdkPojo> T describePart(SdkPojo description, Class<T> other) {
        SdkPojo builder = Shape.of(other).newBuilder();
        for (SdkField<?> field : builder.sdkFields()) {
            SdkField<?> from = field(description, field.locationName());
            Object value = from == null ? null : value(from, description);
            if (value != null) {
                field.set(builder, value);
            }
        }
        return other.cast(Shape.build(builder));
    }

    /** The configuration with what the update has. Members that the update leaves out stay as they are. */
    static SdkPojo merge(SdkPojo configuration, SdkPojo update) {
        SdkPojo builder = Shape.of(configuration.getClass()).newBuilder();
        for (SdkField<?> field : configuration.sdkFields()) {
            Object value = value(field, configuration);
            if (value != null) {
                field.set(builder, value);
            }
        }
        for (SdkField<?> field : update.sdkFields()) {
            Object value = value(field, update);
            if (value == null) {
                continue;
            }
            String name = field.locationName();
            SdkField<?> target = required(builder, MERGED.getOrDefault(name, name));
            if (MERGED.containsKey(name) && value instanceof SdkPojo nested) {
                SdkPojo before = value(target, configuration) instanceof SdkPojo known
                        ? known
                        : Shape.build(target.constructor().get());
                target.set(builder, merge(before, nested));
            } else {
                target.set(builder, value);
            }
        }
        return Shape.build(builder);
    }

    private static <T extends SdkPojo> T copy(SdkPojo from, Class<T> to, boolean describing) {
        return to.cast(copyInto(Shape.of(to).newBuilder(), from, describing));
    }

    private static SdkPojo copyInto(SdkPojo builder, SdkPojo from, boolean describing) {
        for (SdkField<?> field : from.sdkFields()) {
            Object value = value(field, from);
            String name = field.locationName();
            if (value == null || (describing && SECRETS.contains(name))) {
                continue;
            }
            SdkField<?> target = required(builder, describing ? DESCRIBED.getOrDefault(name, name) : name);
            target.set(builder, value instanceof SdkPojo nested ? converted(target, nested, describing) : value);
        }
        return Shape.build(builder);
    }

    private static SdkPojo converted(SdkField<?> target, SdkPojo value, boolean describing) {
        if (target.marshallingType().getKnownType() != MarshallingKnownType.SDK_POJO) {
            throw new IllegalStateException(target.locationName() + " is no structure");
        }
        SdkPojo builder = target.constructor().get();
        return Shape.build(builder).getClass() == value.getClass() ? value : copyInto(builder, value, describing);
    }

    private static SdkField<?> required(SdkPojo shape, String name) {
        SdkField<?> field = field(shape, name);
        if (field == null) {
            throw new IllegalStateException(shape.getClass().getName() + " has no member " + name);
        }
        return field;
    }

    private static @Nullable SdkField<?> field(SdkPojo shape, String name) {
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.locationName().equals(name)) {
                return field;
            }
        }
        return null;
    }

    /** Null where the member was not set. */
    static @Nullable Object value(SdkField<?> field, SdkPojo of) {
        Object value = field.getValueOrDefault(of);
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap ? null : value;
    }
}
