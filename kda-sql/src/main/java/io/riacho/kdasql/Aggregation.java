package io.riacho.kdasql;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The aggregates of one grouped query, each once. */
final class Aggregation {
    private final Functions functions;
    private final TimeFunctions times;
    private final Map<Aggregates.Call, Expr> values = new IdentityHashMap<>();
    private final Map<String, Expr> byText = new HashMap<>();
    private final List<String> flinkTexts = new ArrayList<>();
    private final List<String> specifications = new ArrayList<>();
    private final List<Relation.Column> columns = new ArrayList<>();

    Aggregation(Functions functions, TimeFunctions times) {
        this.functions = functions;
        this.times = times;
    }

    /** @param argument a column of the rows that are grouped; null for {@code COUNT(*)} */
    void add(Aggregates.Call call, @Nullable Expr argument) {
        String text = Aggregates.grouped(call, argument) + (call.ignoreNulls() ? " IGNORE NULLS" : "");
        Expr known = byText.get(text);
        if (known != null) {
            values.put(call, known);
            return;
        }
        Relation.Column column = new Relation.Column(
                "__g" + (columns.size() + 1), Aggregates.type(call, argument == null ? null : argument.type()));
        columns.add(column);
        flinkTexts.add(text + " AS " + column.quoted());
        specifications.add(specification(call, argument, column.flinkName()));
        Expr value = Expr.atom(column.quoted(), column.type());
        byText.put(text, value);
        values.put(call, value);
    }

    private static String specification(Aggregates.Call call, @Nullable Expr argument, String out) {
        String name = switch (call.name()) {
            case "ANY", "SOME" -> "MAX";
            case "EVERY" -> "MIN";
            default -> call.distinct() ? call.name() + "_DISTINCT" : call.name();
        };
        String column = argument == null ? "*" : argument.text().replace("`", "");
        return name + " " + column + (call.ignoreNulls() ? ",IGNORE" : "") + " ALL 0 " + out;
    }

    Expr value(Aggregates.Call call) {
        return Objects.requireNonNull(values.get(call));
    }

    Relation tumbling(Relation prepared, Grouping grouping) {
        List<Relation.Column> all = keyColumns(grouping);
        String keys = all.stream().map(c -> ", " + c.quoted()).collect(Collectors.joining());
        all.addAll(columns);
        String sql =
                "SELECT `window_start`, `window_end`, `window_time` AS %s%s%s\nFROM %s\nGROUP BY `window_start`, `window_end`, `window_time`%s"
                        .formatted(
                                Relation.TIME,
                                keys,
                                flinkTexts.stream().map(t -> ", " + t).collect(Collectors.joining()),
                                times.tumble(prepared, grouping.size(), grouping.ceiling()),
                                keys);
        // The window's last millisecond is one before its end, which is ROWTIME.
        return Relation.ofQuery(sql, all, grouping.ceiling() ? 0 : 1);
    }

    Relation staggered(Relation prepared, Grouping grouping) {
        List<Relation.Column> keys = keyColumns(grouping);
        List<String> quoted = keys.stream().map(Relation.Column::quoted).toList();
        String sql = "SELECT *, %s AS `__key`\nFROM %s".formatted(TimeFunctions.key(quoted), prepared.from());
        List<Relation.Column> results = new ArrayList<>(columns);
        results.add(0, new Relation.Column("__key", keys.getFirst().type()));
        if (columns.isEmpty()) {
            specifications.add("COUNT * ALL 0 __g1");
        }
        Relation groups = times.call(
                functions.use("KDA_STAGGER"),
                Relation.ofQuery(sql, prepared.columns(), prepared.offset()),
                "`__key`",
                "size => %d, aggregates => %s"
                        .formatted(grouping.size(), Text.literal(String.join(";", specifications))),
                results,
                prepared.offset());
        List<String> selected = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            selected.add((keys.size() == 1 ? "`__key`" : "`__key`.`EXPR$" + i + "`") + " AS " + quoted.get(i));
        }
        columns.forEach(c -> selected.add(c.quoted()));
        keys.addAll(columns);
        return Relation.ofQuery(
                "SELECT %s, %s\nFROM %s".formatted(String.join(", ", selected), Relation.TIME, groups.from()),
                keys,
                prepared.offset());
    }

    /** Groups that end when a monotonic key changes, with the time of the row that changed it. */
    Relation changing(Relation prepared, Grouping grouping) {
        List<Relation.Column> results = keyColumns(grouping);
        String keys = results.stream().map(Relation.Column::flinkName).collect(Collectors.joining(";"));
        String monotonic = grouping.monotonic().stream()
                .map(k -> k.column().text().replace("`", ""))
                .distinct()
                .collect(Collectors.joining(";"));
        if (columns.isEmpty()) {
            specifications.add("COUNT * ALL 0 __g1");
        }
        results.addAll(columns);
        return times.call(
                "KDA_GROUP",
                prepared,
                null,
                "keys => %s, monotonic => %s, aggregates => %s"
                        .formatted(
                                Text.literal(keys),
                                Text.literal(monotonic),
                                Text.literal(String.join(";", specifications))),
                results,
                prepared.offset());
    }

    private static List<Relation.Column> keyColumns(Grouping grouping) {
        List<Relation.Column> columns = new ArrayList<>();
        for (Grouping.Key key : grouping.keys()) {
            String name = key.column().text().replace("`", "");
            if (columns.stream().noneMatch(c -> c.flinkName().equals(name))) {
                columns.add(new Relation.Column(name, key.column().type()));
            }
        }
        return columns;
    }
}
