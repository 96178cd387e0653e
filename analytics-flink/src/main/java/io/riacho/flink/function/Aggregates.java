package io.riacho.flink.function;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.api.ValidationException;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;

/** The aggregates of groups that are put out once, and their accumulators side by side in a row of state. */
record Aggregates(List<Item> items) implements Serializable {

    /** @param column index of the column that is aggregated, -1 for none */
    record Item(Aggregate aggregate, int column, String out) implements Serializable {
        @Nullable
        Object[] of(Row row) {
            return aggregate.of(column < 0 ? null : row.getField(column));
        }
    }

    /** Reads {@code FUNCTION ARGS ALL 0 OUT}, joined by semicolons. */
    static Aggregates grouped(String text, Columns columns) {
        List<Item> items = new ArrayList<>();
        for (AggregateCall call : AggregateCall.parse(text)) {
            if (!call.frame().equals("ALL")) {
                throw new ValidationException("Aggregates of a group span ALL rows, not " + call.frame());
            }
            items.add(item(call, columns));
        }
        return new Aggregates(List.copyOf(items));
    }

    static Item item(AggregateCall call, Columns columns) {
        if (call.function().equals("COUNT") && call.argument(0).equals("*")) {
            call.arguments(1, 1);
            return new Item(Aggregate.count(true), -1, call.out());
        }
        int column = columns.index(call.argument(0));
        var type = columns.types().get(column);
        boolean edge = call.function().equals("FIRST_VALUE") || call.function().equals("LAST_VALUE");
        call.arguments(1, edge ? 2 : 1);
        boolean ignore = call.ignoresNulls(1);
        Aggregate aggregate = switch (call.function()) {
            case "COUNT" -> Aggregate.count(false);
            case "SUM" -> Aggregate.sum(type);
            case "AVG" -> Aggregate.average(type);
            case "MIN", "EVERY" -> Aggregate.extremum(type, false);
            case "MAX", "ANY" -> Aggregate.extremum(type, true);
            case "FIRST_VALUE" -> Aggregate.edge(type, true, ignore);
            case "LAST_VALUE" -> Aggregate.edge(type, false, ignore);
            case "STDDEV_POP" -> Aggregate.variance(type, false, true);
            case "STDDEV_SAMP" -> Aggregate.variance(type, true, true);
            case "VAR_POP" -> Aggregate.variance(type, false, false);
            case "VAR_SAMP" -> Aggregate.variance(type, true, false);
            default -> throw new ValidationException("There is no aggregate " + call.function() + " here");
        };
        return new Item(aggregate, column, call.out());
    }

    int size() {
        return items.size();
    }

    /** Number of fields of all accumulators. */
    int width() {
        int width = 0;
        for (Item item : items) {
            width += item.aggregate().width();
        }
        return width;
    }

    List<DataTypes.Field> accumulators() {
        List<DataTypes.Field> fields = new ArrayList<>();
        for (int i = 0; i < items.size(); i++) {
            var types = items.get(i).aggregate().fields();
            for (int j = 0; j < types.size(); j++) {
                fields.add(DataTypes.FIELD("a" + i + "_" + j, types.get(j).nullable()));
            }
        }
        return fields;
    }

    List<DataTypes.Field> results() {
        List<DataTypes.Field> fields = new ArrayList<>();
        Set<String> names = new HashSet<>();
        for (Item item : items) {
            if (!names.add(item.out())) {
                throw new ValidationException("Two results are named " + item.out());
            }
            fields.add(DataTypes.FIELD(item.out(), item.aggregate().result()));
        }
        return fields;
    }

    /** Adds a row to the accumulators that begin at a field. */
    void add(Row row, Row accumulators, int at) {
        int next = at;
        for (Item item : items) {
            write(
                    accumulators,
                    next,
                    joined(item.aggregate(), read(item.aggregate(), accumulators, next), item.of(row)));
            next += item.aggregate().width();
        }
    }

    void results(Row accumulators, int at, Row to, int first) {
        int next = at;
        for (int i = 0; i < items.size(); i++) {
            Aggregate aggregate = items.get(i).aggregate();
            to.setField(first + i, aggregate.value(read(aggregate, accumulators, next)));
            next += aggregate.width();
        }
    }

    static @Nullable Object[] joined(Aggregate aggregate, @Nullable Object[] before, @Nullable Object[] after) {
        if (before[0] == null || after[0] == null) {
            return before[0] == null ? after : before;
        }
        return aggregate.join(before, after);
    }

    static @Nullable Object[] read(Aggregate aggregate, Row from, int at) {
        @Nullable Object[] accumulator = aggregate.none();
        for (int i = 0; i < accumulator.length; i++) {
            accumulator[i] = from.getField(at + i);
        }
        return accumulator;
    }

    static void write(Row to, int at, @Nullable Object[] accumulator) {
        for (int i = 0; i < accumulator.length; i++) {
            to.setField(at + i, accumulator[i]);
        }
    }
}
