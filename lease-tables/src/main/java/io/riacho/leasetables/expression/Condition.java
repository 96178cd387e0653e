package io.riacho.leasetables.expression;

import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import io.riacho.leasetables.value.Values;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What holds for an item or not. An attribute that is not there satisfies no comparison but {@code <>}. */
public sealed interface Condition extends Node {

    boolean holds(Value.Document item);

    /** Holds for every item. */
    record Always() implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            return true;
        }
    }

    record And(Condition first, Condition second) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            return first.holds(item) && second.holds(item);
        }
    }

    record Or(Condition first, Condition second) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            return first.holds(item) || second.holds(item);
        }
    }

    record Not(Condition condition) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            return !condition.holds(item);
        }
    }

    /** How two values are compared. */
    enum Comparator {
        EQUAL("="),
        NOT_EQUAL("<>"),
        LESS("<"),
        LESS_OR_EQUAL("<="),
        GREATER(">"),
        GREATER_OR_EQUAL(">=");

        private final String symbol;

        Comparator(String symbol) {
            this.symbol = symbol;
        }

        String symbol() {
            return symbol;
        }

        boolean holds(@Nullable Value left, @Nullable Value right) {
            return switch (this) {
                case EQUAL -> left != null && left.equals(right);
                case NOT_EQUAL -> left == null || !left.equals(right);
                default ->
                    left != null && right != null && isOrdered(left, right) && holds(Values.compare(left, right));
            };
        }

        private boolean holds(int compared) {
            return switch (this) {
                case LESS -> compared < 0;
                case LESS_OR_EQUAL -> compared <= 0;
                case GREATER -> compared > 0;
                case GREATER_OR_EQUAL -> compared >= 0;
                case EQUAL -> compared == 0;
                case NOT_EQUAL -> compared != 0;
            };
        }

        private static boolean isOrdered(Value left, Value right) {
            return left.type() == right.type() && left.type().isOrdered();
        }
    }

    record Comparison(Comparator comparator, Operand left, Operand right) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            return comparator.holds(left.in(item), right.in(item));
        }
    }

    record Between(Operand value, Operand lower, Operand upper) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            Value found = value.in(item);
            return Comparator.GREATER_OR_EQUAL.holds(found, lower.in(item))
                    && Comparator.LESS_OR_EQUAL.holds(found, upper.in(item));
        }
    }

    record In(Operand value, List<Operand> candidates) implements Condition {
        public In {
            candidates = List.copyOf(candidates);
        }

        @Override
        public boolean holds(Value.Document item) {
            Value found = value.in(item);
            return found != null && candidates.stream().anyMatch(candidate -> found.equals(candidate.in(item)));
        }
    }

    record Exists(Path path) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            return path.in(item) != null;
        }
    }

    record IsType(Operand value, Type type) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            Value found = value.in(item);
            return found != null && found.type() == type;
        }
    }

    record BeginsWith(Operand value, Operand prefix) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            return switch (value.in(item)) {
                case Value.Text(String text) ->
                    prefix.in(item) instanceof Value.Text(String start) && text.startsWith(start);
                case Value.Binary(var bytes) ->
                    prefix.in(item) instanceof Value.Binary(var start)
                            && Bytes.isAt(bytes.asByteArrayUnsafe(), 0, start.asByteArrayUnsafe());
                case null, default -> false;
            };
        }
    }

    record Contains(Operand value, Operand element) implements Condition {
        @Override
        public boolean holds(Value.Document item) {
            Value wanted = element.in(item);
            return switch (value.in(item)) {
                case Value.Text(String text) -> wanted instanceof Value.Text(String part) && text.contains(part);
                case Value.Binary(var bytes) ->
                    wanted instanceof Value.Binary(var part)
                            && Bytes.contains(bytes.asByteArrayUnsafe(), part.asByteArrayUnsafe());
                case Value.Many many -> wanted != null && many.values().contains(wanted);
                case Value.Sequence(var values) -> wanted != null && values.contains(wanted);
                case null, default -> false;
            };
        }
    }
}
