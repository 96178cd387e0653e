package io.riacho.leasetables.expression;

import io.riacho.leasetables.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** The parts of an item that a request asks for. Elements of lists keep their order and close up. */
public record Projection(List<Path> paths) {

    public Projection {
        paths = List.copyOf(paths);
    }

    /** What the item has of them. */
    public Value.Document of(Value.Document item) {
        Value found = part(item, paths.stream().map(Path::steps).toList());
        return found instanceof Value.Document document ? document : Value.Document.EMPTY;
    }

    static boolean overlap(Path one, Path two) {
        int common = Math.min(one.steps().size(), two.steps().size());
        return one.steps().subList(0, common).equals(two.steps().subList(0, common));
    }

    /** Null where the value has nothing of it. */
    private static @Nullable Value part(Value value, List<List<Path.Step>> wanted) {
        Map<Path.Step, List<List<Path.Step>>> byStep = new LinkedHashMap<>();
        for (List<Path.Step> steps : wanted) {
            if (steps.isEmpty()) {
                return value;
            }
            byStep.computeIfAbsent(steps.getFirst(), _ -> new ArrayList<>()).add(steps.subList(1, steps.size()));
        }
        Map<String, Value> named = new LinkedHashMap<>();
        Map<Integer, Value> indexed = new TreeMap<>();
        byStep.forEach((step, rest) -> {
            Value child = Path.child(value, step);
            Value found = child == null ? null : part(child, rest);
            if (found != null) {
                switch (step) {
                    case Path.Name(String name) -> named.put(name, found);
                    case Path.Index(int index) -> indexed.put(index, found);
                }
            }
        });
        if (!named.isEmpty()) {
            return new Value.Document(named);
        }
        return indexed.isEmpty() ? null : new Value.Sequence(List.copyOf(indexed.values()));
    }
}
