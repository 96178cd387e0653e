package io.riacho.analytics.application;

import io.riacho.protocol.shape.Member;
import io.riacho.protocol.shape.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.util.SdkAutoConstructList;
import software.amazon.awssdk.core.util.SdkAutoConstructMap;

/**
 * Turns the shapes of both APIs into each other: what is requested, updated and described has members of the same names,
 * but for {@code Description} and {@code Update} at their ends.
 */
public final class Shapes {

    private static final String DESCRIPTION = "Description";
    private static final String UPDATE = "Update";
    private static final String UPDATES = "Updates";

    private Shapes() {}

    /** The same members in another shape; of what that does not have nothing is said. */
    public static <T extends SdkPojo> T as(SdkPojo from, Class<T> to) {
        return to.cast(Shape.build(filled(Shape.of(to), from)));
    }

    public static <T extends SdkPojo> List<T> all(List<? extends SdkPojo> from, Class<T> to) {
        return from.stream().map(each -> as(each, to)).toList();
    }

    /** The description with what the update has. Members that the update leaves out stay as they are. */
    public static <T extends SdkPojo> T updated(T known, SdkPojo update) {
        @SuppressWarnings("unchecked")
        Class<T> type = (Class<T>) known.getClass();
        return type.cast(updated(Shape.of(type), known, update));
    }

    /** A member by its name on the wire, where the shape has one and it is set. */
    public static Optional<Object> member(SdkPojo shape, String name) {
        for (SdkField<?> field : shape.sdkFields()) {
            if (field.locationName().equals(name)) {
                return Optional.ofNullable(value(field, shape));
            }
        }
        return Optional.empty();
    }

    /** Null where the member was not set. */
    static @Nullable Object value(SdkField<?> field, SdkPojo of) {
        Object value = field.getValueOrDefault(of);
        return value instanceof SdkAutoConstructList || value instanceof SdkAutoConstructMap ? null : value;
    }

    private static SdkPojo filled(Shape shape, @Nullable SdkPojo from) {
        SdkPojo builder = shape.newBuilder();
        if (from == null) {
            return builder;
        }
        for (SdkField<?> field : from.sdkFields()) {
            Object value = value(field, from);
            Member target = value == null ? null : target(shape, field.locationName());
            if (target != null && value != null) {
                target.set(builder, converted(target, value));
            }
        }
        return builder;
    }

    private static SdkPojo updated(Shape shape, @Nullable SdkPojo known, SdkPojo update) {
        SdkPojo builder = filled(shape, known);
        for (SdkField<?> field : update.sdkFields()) {
            Object value = value(field, update);
            Member target = value == null ? null : target(shape, updatedName(field.locationName()));
            if (target == null || value == null) {
                continue;
            }
            if (value instanceof SdkPojo nested && isUpdate(nested)) {
                Object before = known == null ? null : value(target.field(), known);
                target.set(builder, updated(target.shape(), before instanceof SdkPojo part ? part : null, nested));
            } else {
                target.set(builder, converted(target, value));
            }
        }
        return Shape.build(builder);
    }

    private static boolean isUpdate(SdkPojo value) {
        return value.sdkFields().stream().allMatch(field -> !updatedName(field.locationName())
                .equals(field.locationName()));
    }

    private static String updatedName(String name) {
        if (name.endsWith(UPDATES)) {
            return name.substring(0, name.length() - UPDATES.length()) + "s";
        }
        return name.endsWith(UPDATE) ? name.substring(0, name.length() - UPDATE.length()) : name;
    }

    private static @Nullable Member target(Shape shape, String name) {
        Member same = shape.member(name);
        return same == null ? shape.member(name + DESCRIPTION) : same;
    }

    private static Object converted(Member target, Object value) {
        if (value instanceof SdkPojo nested && target.type() == MarshallingKnownType.SDK_POJO) {
            return Shape.build(filled(target.shape(), nested));
        }
        if (value instanceof List<?> list && target.type() == MarshallingKnownType.LIST) {
            List<Object> all = new ArrayList<>(list.size());
            for (Object each : list) {
                all.add(converted(target.element(), each));
            }
            return all;
        }
        return value;
    }
}
