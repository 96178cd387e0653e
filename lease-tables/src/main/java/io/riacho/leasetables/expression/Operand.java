package io.riacho.leasetables.expression;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.Numbers;
import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import io.riacho.protocol.AwsException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What has a value in an item. */
sealed interface Operand extends Node permits Path, Operand.Literal, Operand.Size, Operand.Computed {

    /** Null where the item has none. */
    @Nullable
    Value in(Value.Document item);

    /** The type that the operand has whatever the item is; null where that depends on the item. */
    default @Nullable Type type() {
        return null;
    }

    record Literal(Value value) implements Operand {
        @Override
        public Value in(Value.Document item) {
            return value;
        }

        @Override
        public Type type() {
            return value.type();
        }
    }

    /** How long a text or a binary is, in bytes, or how many elements a set, list or map has. */
    record Size(Operand of) implements Operand {
        @Override
        public @Nullable Value in(Value.Document item) {
            Value value = of.in(item);
            return switch (value) {
                case null -> null;
                case Value.Text(String text) -> number(text.getBytes(StandardCharsets.UTF_8).length);
                case Value.Binary(var bytes) -> number(bytes.asByteArrayUnsafe().length);
                case Value.Many many -> number(many.values().size());
                case Value.Sequence(var values) -> number(values.size());
                case Value.Document document -> number(document.values().size());
                default -> null;
            };
        }

        @Override
        public Type type() {
            return Type.N;
        }

        private static Value number(int size) {
            return new Value.Decimal(Numbers.checked(BigDecimal.valueOf(size)));
        }
    }

    /** What only update expressions compute. They fail where the item does not have what they need. */
    sealed interface Computed extends Operand {

        /** The first where the item has it, else the second. */
        record IfNotExists(Path path, Operand otherwise) implements Computed {
            @Override
            public @Nullable Value in(Value.Document item) {
                Value value = path.in(item);
                return value != null ? value : otherwise.in(item);
            }

            @Override
            public @Nullable Type type() {
                return null;
            }
        }

        record ListAppend(Operand first, Operand second) implements Computed {
            @Override
            public Value in(Value.Document item) {
                List<Value> all = new ArrayList<>(list(first, item));
                all.addAll(list(second, item));
                return new Value.Sequence(all);
            }

            @Override
            public Type type() {
                return Type.L;
            }

            private static List<Value> list(Operand operand, Value.Document item) {
                if (required(operand, item) instanceof Value.Sequence(var values)) {
                    return values;
                }
                throw wrongType();
            }
        }

        record Sum(Operand first, Operand second, boolean minus) implements Computed {
            @Override
            public Value in(Value.Document item) {
                BigDecimal left = number(first, item);
                BigDecimal right = number(second, item);
                return new Value.Decimal(Numbers.sum(left, minus ? right.negate() : right));
            }

            @Override
            public Type type() {
                return Type.N;
            }

            private static BigDecimal number(Operand operand, Value.Document item) {
                if (required(operand, item) instanceof Value.Decimal(var number)) {
                    return number;
                }
                throw wrongType();
            }
        }
    }

    /** @throws io.riacho.protocol.AwsException ValidationException where the item has none */
    static Value required(Operand operand, Value.Document item) {
        Value value = operand.in(item);
        if (value == null) {
            throw DynamoErrors.validation(
                    "The provided expression refers to an attribute that does not exist in the item");
        }
        return value;
    }

    static AwsException wrongType() {
        return DynamoErrors.validation("An operand in the update expression has an incorrect data type");
    }
}
