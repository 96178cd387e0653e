package io.riacho.kdasql;

import io.riacho.kdasql.Froms.Side;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** The names of the columns of a join: as they are where one only has it, else with the table's name. */
final class JoinNames {
    private final Set<String> taken = new HashSet<>();
    private final Map<String, Long> counts;

    JoinNames(Side left, Side right) {
        List<Scope.Entry> all = new ArrayList<>(left.scope().entries());
        all.addAll(right.scope().entries());
        counts = all.stream().collect(Collectors.groupingBy(e -> e.column().name(), Collectors.counting()));
    }

    private String of(Scope.Entry entry) {
        String name = entry.column().name();
        boolean plain = !entry.system() && counts.getOrDefault(name, 0L) == 1;
        String base = plain ? name : entry.alias() + "." + name;
        base = base.replace(';', '_');
        String free = base;
        for (int i = 1; !taken.add(free); i++) {
            free = base + i;
        }
        return free;
    }

    /** The entries of a side, of columns of these names. */
    List<Scope.Entry> renamed(Side side) {
        return side.scope().entries().stream()
                .map(e -> new Scope.Entry(
                        e.alias(),
                        new Relation.Column(
                                e.column().name(),
                                of(e),
                                e.column().type(),
                                e.column().rowtime()),
                        e.system()))
                .toList();
    }
}
