package io.riacho.leasetables.expression;

import java.util.ArrayList;
import java.util.List;

/** Which attributes of items expressions are about: the first steps of their paths. */
public final class AttributeNames {

    private AttributeNames() {}

    /** The attributes that a condition looks at. */
    public static List<String> in(Condition condition) {
        List<String> names = new ArrayList<>();
        name(condition, names);
        return names;
    }

    /** The attributes that an update changes or looks at. */
    public static List<String> in(Update update) {
        List<String> names = new ArrayList<>();
        for (Update.Action action : update.actions()) {
            names.add(action.path().attribute());
            if (action instanceof Update.SetTo set) {
                name(set.value(), names);
            }
        }
        return names;
    }

    public static List<String> in(Projection projection) {
        return projection.paths().stream().map(Path::attribute).toList();
    }

    private static void name(Node node, List<String> names) {
        switch (node) {
            case Path path -> names.add(path.attribute());
            case Operand.Literal _, Condition.Always _ -> {}
            case Operand.Computed.IfNotExists(Path path, Operand otherwise) -> nameAll(names, path, otherwise);
            case Operand.Computed.ListAppend(Operand first, Operand second) -> nameAll(names, first, second);
            case Operand.Computed.Sum sum -> nameAll(names, sum.first(), sum.second());
            case Operand.Size(Operand of) -> name(of, names);
            case Condition.And(Condition first, Condition second) -> nameAll(names, first, second);
            case Condition.Or(Condition first, Condition second) -> nameAll(names, first, second);
            case Condition.Not(Condition negated) -> name(negated, names);
            case Condition.Comparison compared -> nameAll(names, compared.left(), compared.right());
            case Condition.Between(Operand value, Operand lower, Operand upper) -> nameAll(names, value, lower, upper);
            case Condition.In(Operand value, List<Operand> candidates) -> {
                name(value, names);
                candidates.forEach(candidate -> name(candidate, names));
            }
            case Condition.Exists(Path path) -> name(path, names);
            case Condition.IsType typed -> name(typed.value(), names);
            case Condition.BeginsWith(Operand value, Operand prefix) -> nameAll(names, value, prefix);
            case Condition.Contains(Operand value, Operand element) -> nameAll(names, value, element);
        }
    }

    private static void nameAll(List<String> names, Node... nodes) {
        for (Node node : nodes) {
            name(node, names);
        }
    }
}
