package io.riacho.protocol.shape;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.Buildable;

/** One of the SDK's model classes: how an object of it is built, and its members by their names on the wire. */
public final class Shape {

    private static final ClassValue<Shape> BY_CLASS = new ClassValue<>() {
        @Override
        protected Shape computeValue(Class<?> type) {
            return of(builderOf(type));
        }
    };

    /** By the classes of builders, so that a structure that contains itself is one shape, however deep it is nested. */
    private static final ConcurrentMap<Class<?>, Shape> BY_BUILDER = new ConcurrentHashMap<>();

    private final Supplier<SdkPojo> builder;
    private final Map<String, Member> members;

    private Shape(Supplier<SdkPojo> builder) {
        this.builder = builder;
        Map<String, Member> byName = new HashMap<>();
        for (SdkField<?> field : builder.get().sdkFields()) {
            byName.put(field.locationName(), new Member(field));
        }
        this.members = Map.copyOf(byName);
    }

    /** @param type a model class, which has a static {@code builder()} */
    public static Shape of(Class<? extends SdkPojo> type) {
        return BY_CLASS.get(type);
    }

    static Shape of(Supplier<SdkPojo> builder) {
        return BY_BUILDER.computeIfAbsent(builder.get().getClass(), _ -> new Shape(builder));
    }

    public SdkPojo newBuilder() {
        return builder.get();
    }

    public static SdkPojo build(SdkPojo builder) {
        return (SdkPojo) ((Buildable) builder).build();
    }

    /** Null where there is none of that name. */
    public @Nullable Member member(String name) {
        return members.get(name);
    }

    private static Supplier<SdkPojo> builderOf(Class<?> type) {
        try {
            Class<?> builderType = type.getMethod("builder").getReturnType();
            var handle = MethodHandles.publicLookup()
                    .findStatic(type, "builder", MethodType.methodType(builderType))
                    .asType(MethodType.methodType(SdkPojo.class));
            return () -> {
                try {
                    return (SdkPojo) handle.invokeExact();
                } catch (Throwable e) {
                    throw new IllegalStateException(type.getName() + " cannot be built", e);
                }
            };
        } catch (ReflectiveOperationException e) {
            throw new IllegalArgumentException(type.getName() + " is no model class of the AWS SDK", e);
        }
    }
}
