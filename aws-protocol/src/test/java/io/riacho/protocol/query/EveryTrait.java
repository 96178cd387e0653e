package io.riacho.protocol.query;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallLocation;
import software.amazon.awssdk.core.protocol.MarshallingType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.LocationTrait;
import software.amazon.awssdk.core.traits.MapTrait;
import software.amazon.awssdk.core.traits.TimestampFormatTrait;
import software.amazon.awssdk.core.traits.Trait;
import software.amazon.awssdk.utils.builder.Buildable;

/** What the protocol knows and no request of IAM or STS has, in a class like the SDK's. */
public final class EveryTrait implements SdkPojo {

    private static final SdkField<?> KEY = field(MarshallingType.STRING, "key");
    private static final SdkField<?> TEXT = field(MarshallingType.STRING, "member");
    private static final SdkField<?> NESTED = SdkField.<SdkPojo>builder(MarshallingType.SDK_POJO)
            .memberName("value")
            .constructor(EveryTrait::builder)
            .traits(location("value"))
            .build();

    private static final List<SdkField<?>> FIELDS = List.of(
            field(MarshallingType.STRING, "Text"),
            field(MarshallingType.INTEGER, "Integer"),
            field(MarshallingType.LONG, "Long"),
            field(MarshallingType.SHORT, "Short"),
            field(MarshallingType.FLOAT, "Float"),
            field(MarshallingType.DOUBLE, "Double"),
            field(MarshallingType.BOOLEAN, "Boolean"),
            field(MarshallingType.SDK_BYTES, "Blob"),
            field(MarshallingType.INSTANT, "Time"),
            field(
                    MarshallingType.INSTANT,
                    "Seconds",
                    TimestampFormatTrait.create(TimestampFormatTrait.Format.UNIX_TIMESTAMP)),
            field(
                    MarshallingType.LIST,
                    "Flat",
                    ListTrait.builder().memberFieldInfo(TEXT).isFlattened(true).build()),
            field(
                    MarshallingType.LIST,
                    "Named",
                    ListTrait.builder()
                            .memberLocationName("Item")
                            .memberFieldInfo(field(MarshallingType.STRING, "Item"))
                            .build()),
            field(
                    MarshallingType.MAP,
                    "Map",
                    MapTrait.builder()
                            .keyLocationName("key")
                            .valueLocationName("value")
                            .valueFieldInfo(NESTED)
                            .build()),
            field(
                    MarshallingType.MAP,
                    "FlatMap",
                    MapTrait.builder()
                            .keyLocationName("Name")
                            .valueLocationName("Value")
                            .valueFieldInfo(KEY)
                            .isFlattened(true)
                            .build()));

    private final Map<String, Object> values;

    private EveryTrait(Map<String, Object> values) {
        this.values = Map.copyOf(values);
    }

    public static Builder builder() {
        return new Builder();
    }

    @Override
    public List<SdkField<?>> sdkFields() {
        return FIELDS;
    }

    Object get(String name) {
        return Objects.requireNonNull(values.get(name), name);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EveryTrait that && values.equals(that.values);
    }

    @Override
    public int hashCode() {
        return values.hashCode();
    }

    @Override
    public String toString() {
        return values.toString();
    }

    private static LocationTrait location(String name) {
        return LocationTrait.builder()
                .location(MarshallLocation.PAYLOAD)
                .locationName(name)
                .build();
    }

    private static <T> SdkField<T> field(MarshallingType<T> type, String name, Trait... traits) {
        Trait[] all = Arrays.copyOf(traits, traits.length + 1);
        all[traits.length] = location(name);
        return SdkField.<T>builder(type)
                .memberName(name)
                .getter(holder -> value(type, holder, name))
                .setter((holder, value) -> ((Builder) holder).values.put(name, value))
                .traits(all)
                .build();
    }

    @SuppressWarnings({"unchecked", "NullAway"})
    private static <T> T value(MarshallingType<T> type, Object holder, String name) {
        Map<String, Object> values = holder instanceof EveryTrait made ? made.values : ((Builder) holder).values;
        return (T) values.get(name);
    }

    /** Like the SDK's builders, which are model classes themselves. */
    public static final class Builder implements SdkPojo, Buildable {

        private final Map<String, Object> values = new HashMap<>();

        @Override
        public List<SdkField<?>> sdkFields() {
            return FIELDS;
        }

        @Override
        public EveryTrait build() {
            return new EveryTrait(values);
        }
    }
}
