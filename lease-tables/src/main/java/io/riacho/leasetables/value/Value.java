package io.riacho.leasetables.value;

import java.math.BigDecimal;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;

/**
 * The value of an attribute. Values are equal as DynamoDB compares them: numbers by their value, sets without regard to
 * order. Immutable.
 */
public sealed interface Value {

    Type type();

    record Text(String value) implements Value {
        @Override
        public Type type() {
            return Type.S;
        }
    }

    /** @param value without trailing zeros, within DynamoDB's range */
    record Decimal(BigDecimal value) implements Value {
        @Override
        public Type type() {
            return Type.N;
        }
    }

    record Binary(SdkBytes value) implements Value {
        @Override
        public Type type() {
            return Type.B;
        }
    }

    record Bool(boolean value) implements Value {
        @Override
        public Type type() {
            return Type.BOOL;
        }
    }

    record Null() implements Value {
        @Override
        public Type type() {
            return Type.NULL;
        }
    }

    /** A set of texts, numbers or binaries, which is never empty. */
    record Many(Type type, Set<Value> values) implements Value {
        public Many {
            values = Collections.unmodifiableSet(new LinkedHashSet<>(values));
        }

        /** The type of its elements. */
        public static Type elementOf(Type set) {
            return switch (set) {
                case SS -> Type.S;
                case NS -> Type.N;
                case BS -> Type.B;
                default -> throw new IllegalArgumentException(set + " is no set");
            };
        }
    }

    record Sequence(List<Value> values) implements Value {
        public Sequence {
            values = List.copyOf(values);
        }

        @Override
        public Type type() {
            return Type.L;
        }
    }

    /** A map; an item is one, too. */
    record Document(Map<String, Value> values) implements Value {

        public static final Document EMPTY = new Document(Map.of());

        public Document {
            values = Collections.unmodifiableMap(new LinkedHashMap<>(values));
        }

        @Override
        public Type type() {
            return Type.M;
        }

        /** Null where there is no attribute of that name. */
        public @Nullable Value get(String name) {
            return values.get(name);
        }

        public Document with(String name, Value value) {
            Map<String, Value> changed = new LinkedHashMap<>(values);
            changed.put(name, value);
            return new Document(changed);
        }

        public Document without(String name) {
            Map<String, Value> changed = new LinkedHashMap<>(values);
            changed.remove(name);
            return new Document(changed);
        }
    }
}
