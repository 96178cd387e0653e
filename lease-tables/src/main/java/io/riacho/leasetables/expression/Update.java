package io.riacho.leasetables.expression;

import io.riacho.leasetables.error.DynamoErrors;
import io.riacho.leasetables.value.Numbers;
import io.riacho.leasetables.value.Type;
import io.riacho.leasetables.value.Value;
import io.riacho.protocol.AwsException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What an update does to an item. Everything is computed from the item as it was; then sets are done, additions and
 * deletions, and at last removals, whose list indexes are those before.
 */
public record Update(List<Action> actions, boolean createsItems) {

    /** One change at one path. */
    public sealed interface Action {
        Path path();
    }

    /** @param value what the path is set to */
    public record SetTo(Path path, Operand value) implements Action {}

    public record Remove(Path path) implements Action {}

    /** Adds to a number, or elements to a set; where lists are allowed, elements to a list. */
    public record Add(Path path, Value value) implements Action {}

    /** Takes elements out of a set. */
    public record Delete(Path path, Value.Many elements) implements Action {}

    /** Changes nothing; an item that is not there is made. */
    public static final Update NOTHING = new Update(List.of(), true);

    /**
     * @param actions of distinct paths
     * @param createsItems whether an item that is not there is made
     */
    public Update {
        actions = List.copyOf(actions);
    }

    /** @throws io.riacho.protocol.AwsException ValidationException where the item is not as the update needs it */
    public Value.Document applyTo(Value.Document item) {
        List<Assigned> assigned = new ArrayList<>();
        List<Path> removed = new ArrayList<>();
        for (Action action : actions) {
            switch (action) {
                case SetTo(Path path, Operand value) -> assigned.add(new Assigned(path, Operand.required(value, item)));
                case Add(Path path, Value value) -> assigned.add(new Assigned(path, sum(path.in(item), value)));
                case Delete(Path path, Value.Many elements) -> {
                    Value left = difference(path.in(item), elements);
                    if (left == null) {
                        removed.add(path);
                    } else {
                        assigned.add(new Assigned(path, left));
                    }
                }
                case Remove(Path path) -> removed.add(path);
            }
        }
        Value.Document changed = item;
        assigned.sort(Comparator.comparing(Assigned::path, Update::inOrder));
        for (Assigned one : assigned) {
            changed = (Value.Document) set(changed, one.path().steps(), one.value());
        }
        removed.sort(Update::inOrder);
        for (Path path : removed.reversed()) {
            changed = (Value.Document) remove(changed, path.steps());
        }
        return changed;
    }

    private record Assigned(Path path, Value value) {}

    private static Value sum(@Nullable Value old, Value added) {
        return switch (added) {
            case Value.Decimal(var number) ->
                switch (old) {
                    case null -> added;
                    case Value.Decimal(var before) -> new Value.Decimal(Numbers.sum(before, number));
                    default -> throw Operand.wrongType();
                };
            case Value.Many more -> {
                if (old == null) {
                    yield more;
                }
                Set<Value> all = new LinkedHashSet<>(sameSet(old, more.type()).values());
                all.addAll(more.values());
                yield new Value.Many(more.type(), all);
            }
            case Value.Sequence(var more) ->
                switch (old) {
                    case null -> added;
                    case Value.Sequence(var before) -> {
                        List<Value> all = new ArrayList<>(before);
                        all.addAll(more);
                        yield new Value.Sequence(all);
                    }
                    default -> throw Operand.wrongType();
                };
            default -> throw Operand.wrongType();
        };
    }

    /** Null where nothing is left. */
    private static @Nullable Value difference(@Nullable Value old, Value.Many elements) {
        if (old == null) {
            return null;
        }
        Set<Value> left = new LinkedHashSet<>(sameSet(old, elements.type()).values());
        left.removeAll(elements.values());
        return left.isEmpty() ? null : new Value.Many(elements.type(), left);
    }

    private static Value.Many sameSet(Value value, Type type) {
        if (value instanceof Value.Many many && many.type() == type) {
            return many;
        }
        throw Operand.wrongType();
    }

    private static Value set(Value parent, List<Path.Step> steps, Value value) {
        Path.Step step = steps.getFirst();
        Value changed = value;
        if (steps.size() > 1) {
            Value child = Path.child(parent, step);
            if (child == null) {
                throw invalidPath();
            }
            changed = set(child, steps.subList(1, steps.size()), value);
        }
        if (step instanceof Path.Name(String name) && parent instanceof Value.Document document) {
            return document.with(name, changed);
        }
        if (step instanceof Path.Index(int index) && parent instanceof Value.Sequence(var values)) {
            List<Value> list = new ArrayList<>(values);
            if (index < list.size()) {
                list.set(index, changed);
            } else {
                list.add(changed);
            }
            return new Value.Sequence(list);
        }
        throw invalidPath();
    }

    private static Value remove(Value parent, List<Path.Step> steps) {
        Path.Step step = steps.getFirst();
        if (steps.size() > 1) {
            Value child = Path.child(parent, step);
            if (child == null) {
                throw invalidPath();
            }
            return set(parent, List.of(step), remove(child, steps.subList(1, steps.size())));
        }
        if (step instanceof Path.Name(String name) && parent instanceof Value.Document document) {
            return document.without(name);
        }
        if (step instanceof Path.Index(int index) && parent instanceof Value.Sequence(var values)) {
            List<Value> list = new ArrayList<>(values);
            if (index < list.size()) {
                list.remove(index);
            }
            return new Value.Sequence(list);
        }
        throw invalidPath();
    }

    /** Orders paths so that the elements of one list come in the order of their indexes. */
    private static int inOrder(Path a, Path b) {
        int common = Math.min(a.steps().size(), b.steps().size());
        for (int i = 0; i < common; i++) {
            int compared = inOrder(a.steps().get(i), b.steps().get(i));
            if (compared != 0) {
                return compared;
            }
        }
        return Integer.compare(a.steps().size(), b.steps().size());
    }

    private static int inOrder(Path.Step a, Path.Step b) {
        return switch (a) {
            case Path.Name(String left) -> b instanceof Path.Name(String right) ? left.compareTo(right) : -1;
            case Path.Index(int left) -> b instanceof Path.Index(int right) ? Integer.compare(left, right) : 1;
        };
    }

    private static AwsException invalidPath() {
        return DynamoErrors.validation("The document path provided in the update expression is invalid for update");
    }
}
