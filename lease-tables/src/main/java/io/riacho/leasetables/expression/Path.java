package io.riacho.leasetables.expression;

import io.riacho.leasetables.value.Value;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Where a value is in an item, such as {@code history[0].cv}. The first step is a name. */
public record Path(List<Step> steps) implements Operand {

    /** One step into a map or a list. */
    public sealed interface Step {}

    public record Name(String name) implements Step {}

    public record Index(int index) implements Step {}

    public Path {
        steps = List.copyOf(steps);
    }

    public static Path of(String attribute) {
        return new Path(List.of(new Name(attribute)));
    }

    /** The attribute of the item that the path begins with. */
    public String attribute() {
        return ((Name) steps.getFirst()).name();
    }

    public boolean isNested() {
        return steps.size() > 1;
    }

    @Override
    public @Nullable Value in(Value.Document item) {
        Value value = item;
        for (Step step : steps) {
            value = child(value, step);
            if (value == null) {
                return null;
            }
        }
        return value;
    }

    static @Nullable Value child(Value value, Step step) {
        return switch (step) {
            case Name(String name) -> value instanceof Value.Document document ? document.get(name) : null;
            case Index(int index) ->
                value instanceof Value.Sequence(var values) && index < values.size() ? values.get(index) : null;
        };
    }

    /** As DynamoDB's errors write it: {@code [history, [0], cv]}. */
    @Override
    public String toString() {
        return steps.stream()
                .map(step -> switch (step) {
                    case Name(String name) -> name;
                    case Index(int index) -> "[" + index + "]";
                })
                .collect(Collectors.joining(", ", "[", "]"));
    }
}
