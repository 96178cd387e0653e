package io.riacho.protocol.shape;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.protocol.MarshallingKnownType;
import software.amazon.awssdk.core.traits.ListTrait;
import software.amazon.awssdk.core.traits.MapTrait;

/** A member of a structure, or what a list or map holds. */
public final class Member {

    private final SdkField<?> field;
    private final MarshallingKnownType type;
    private final @Nullable Member element;
    private volatile @Nullable Shape shape;

    Member(SdkField<?> field) {
        this.field = field;
        this.type = field.marshallingType().getKnownType();
        this.element = switch (type) {
            case LIST -> new Member(field.getRequiredTrait(ListTrait.class).memberFieldInfo());
            case MAP -> new Member(field.getRequiredTrait(MapTrait.class).valueFieldInfo());
            default -> null;
        };
    }

    /** What the SDK knows of it: its traits tell how lists, maps and timestamps are named and written. */
    public SdkField<?> field() {
        return field;
    }

    public MarshallingKnownType type() {
        return type;
    }

    public void set(SdkPojo builder, Object value) {
        field.set(builder, value);
    }

    /** What a list's or map's values are. */
    public Member element() {
        if (element == null) {
            throw new IllegalStateException(type + " has no elements");
        }
        return element;
    }

    /** The nested structure. Found when it is first needed, because structures may contain themselves. */
    public Shape shape() {
        Shape known = shape;
        if (known == null) {
            known = Shape.of(field.constructor());
            shape = known;
        }
        return known;
    }
}
