package io.riacho.kdasql;

import io.riacho.kdasql.Plausible.Between;
import io.riacho.kdasql.statement.CreatePump;
import io.riacho.kdasql.statement.CreateStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.jspecify.annotations.Nullable;

/**
 * What can be said of an application's streams from its code and its input without running it: how many rows at most, exactly how many where every row gives one, and within what their values
 * lie. Read off the statements, not off the translation, which is what is judged.
 */
final class Expectations {
    private static final Set<String> OF_THEIR_ARGUMENT =
            Set.of("MIN", "MAX", "AVG", "ANY", "FIRST_VALUE", "LAST_VALUE", "CAST", "ABS", "STEP", "FLOOR", "CEIL");
    private static final Set<String> AGGREGATES =
            Set.of("MIN", "MAX", "AVG", "SUM", "COUNT", "ANY", "EVERY", "FIRST_VALUE", "LAST_VALUE", "STDDEV_POP");
    private static final Between TIMES =
            new Between(PublishedRecords.START - 86_400_000.0, PublishedRecords.START + 86_400_000.0);

    /** A column and what its values can be. */
    record Column(String name, @Nullable Plausible values) {}

    /**
     * What is known of a stream or query.
     *
     * @param rows at most
     * @param exact whether there are exactly that many
     */
    record Known(List<Column> columns, long rows, boolean exact) {}

    private final Map<String, Known> known = new HashMap<>();
    private final Map<String, CreateStream> streams = new LinkedHashMap<>();
    private final List<CreatePump> pumps = new ArrayList<>();
    private final int statements;

    /**
     * @param inputs what the inputs and reference tables hold
     */
    Expectations(String text, Map<String, Known> inputs) {
        known.putAll(inputs);
        List<SqlNode> all = new ApplicationParser(Limits.DEFAULT).statements(text);
        statements = all.size();
        for (SqlNode statement : all) {
            if (statement instanceof CreateStream stream) {
                streams.put(stream.name().names.getLast(), stream);
            } else if (statement instanceof CreatePump pump) {
                pumps.add(pump);
            }
        }
    }

    int statements() {
        return statements;
    }

    Set<String> streams() {
        return Collections.unmodifiableSet(streams.keySet());
    }

    Known of(String stream) {
        Known already = known.get(stream);
        if (already != null) {
            return already;
        }
        CreateStream declared = streams.get(stream);
        if (declared == null) {
            return new Known(List.of(), Long.MAX_VALUE, false);
        }
        List<String> names =
                declared.columns().stream().map(c -> c.name().getSimple()).toList();
        List<Known> parts = new ArrayList<>();
        for (CreatePump pump : pumps) {
            if (((SqlIdentifier) pump.insert().getTargetTable()).names.getLast().equals(stream)) {
                parts.add(
                        inOrder(query(pump.insert().getSource()), pump.insert().getTargetColumnList(), names));
            }
        }
        Known made = parts.isEmpty() ? new Known(List.of(), 0, true) : union(parts);
        known.put(stream, made);
        return made;
    }

    private static Known inOrder(Known query, @Nullable SqlNodeList targets, List<String> names) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            int at = targets == null
                    ? names.indexOf(name)
                    : targets.getList().stream().map(String::valueOf).toList().indexOf(name);
            boolean there = at >= 0 && at < query.columns().size();
            columns.add(new Column(name, there ? query.columns().get(at).values() : null));
        }
        return new Known(columns, query.rows(), query.exact());
    }

    private static Known union(List<Known> parts) {
        Known all = parts.getFirst();
        for (Known part : parts.subList(1, parts.size())) {
            List<Column> columns = new ArrayList<>();
            for (int i = 0; i < Math.min(all.columns().size(), part.columns().size()); i++) {
                columns.add(new Column(
                        all.columns().get(i).name(),
                        Plausible.either(
                                all.columns().get(i).values(),
                                part.columns().get(i).values())));
            }
            all = new Known(columns, sum(all.rows(), part.rows()), all.exact() && part.exact());
        }
        return all;
    }

    private static long sum(long a, long b) {
        return a == Long.MAX_VALUE || b == Long.MAX_VALUE ? Long.MAX_VALUE : a + b;
    }

    private Known query(SqlNode node) {
        return switch (node) {
            case SqlOrderBy order -> query(order.query);
            case SqlSelect select -> select(select);
            case SqlCall union
            when union.getKind() == SqlKind.UNION ->
                union(union.getOperandList().stream().map(this::query).toList());
            default -> new Known(List.of(), Long.MAX_VALUE, false);
        };
    }

    private Known select(SqlSelect select) {
        Known from = from(Objects.requireNonNull(select.getFrom()));
        List<Column> columns = new ArrayList<>();
        boolean aggregates = false;
        for (SqlNode item : select.getSelectList()) {
            if (item instanceof SqlIdentifier name && name.isStar()) {
                columns.addAll(from.columns());
                continue;
            }
            aggregates |= aggregates(item);
            columns.add(new Column(name(item), value(item, from)));
        }
        boolean each = !aggregates
                && select.getWhere() == null
                && select.getGroup() == null
                && select.getHaving() == null
                && !select.isDistinct();
        return new Known(columns, from.rows(), from.exact() && each);
    }

    private static String name(SqlNode item) {
        SqlNode named = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
        return named instanceof SqlIdentifier name ? name.names.getLast() : "";
    }

    private static boolean aggregates(@Nullable SqlNode node) {
        return node instanceof SqlCall call
                && call.getKind() != SqlKind.OVER
                && (AGGREGATES.contains(call.getOperator().getName())
                        || call.getOperandList().stream().anyMatch(Expectations::aggregates));
    }

    private Known from(SqlNode node) {
        return switch (node) {
            case SqlJoin join -> {
                List<Column> both = new ArrayList<>(from(join.getLeft()).columns());
                both.addAll(from(join.getRight()).columns());
                yield new Known(both, Long.MAX_VALUE, false);
            }
            case SqlIdentifier name -> of(name.names.getLast());
            case SqlBasicCall as
            when as.getKind() == SqlKind.AS -> {
                Known of = from(as.operand(0));
                // Other names for the columns: l(r).
                yield as.operandCount() == 2 ? of : new Known(List.of(), of.rows(), of.exact());
            }
            case SqlBasicCall over when over.getKind() == SqlKind.OVER -> from(over.operand(0));
            case SqlCall table when table.getKind() == SqlKind.COLLECTION_TABLE -> function(table.operand(0));
            default -> query(node);
        };
    }

    private Known function(SqlCall call) {
        Known of = query(((SqlCall) call.operand(0)).operand(0));
        List<Column> columns = new ArrayList<>();
        switch (call.getOperator().getName()) {
            case "TOP_K_ITEMS_TUMBLING" -> {
                columns.add(new Column("ITEM", column(of, String.valueOf(text(call.operand(1))))));
                columns.add(new Column("ITEM_COUNT", new Between(1, count(of))));
                return new Known(columns, of.rows(), false);
            }
            case "COUNT_DISTINCT_ITEMS_TUMBLING" -> {
                columns.add(new Column("NUMBER_OF_DISTINCT_ITEMS", new Between(0, count(of))));
                return new Known(columns, of.rows(), false);
            }
            case "GROUP_RANK" -> {
                columns.addAll(of.columns());
                columns.add(new Column(String.valueOf(text(call.operand(2))), new Between(1, count(of))));
                return new Known(columns, of.rows(), false);
            }
            default -> {
                columns.addAll(of.columns());
                if (call.getOperator().getName().startsWith("RANDOM_CUT_FOREST")) {
                    columns.add(new Column("ANOMALY_SCORE", new Between(0, 20)));
                }
                return new Known(columns, of.rows(), of.exact());
            }
        }
    }

    private static double count(Known of) {
        return of.rows() == Long.MAX_VALUE ? Double.MAX_VALUE : of.rows();
    }

    private static @Nullable String text(SqlNode node) {
        return node instanceof SqlCharStringLiteral literal ? literal.toValue() : null;
    }

    private static @Nullable Plausible column(Known from, String name) {
        if (name.equals(Scope.ROWTIME) || name.equals("APPROXIMATE_ARRIVAL_TIME")) {
            return TIMES;
        }
        List<Column> found =
                from.columns().stream().filter(c -> c.name().equals(name)).toList();
        Plausible all = found.isEmpty() ? null : found.getFirst().values();
        for (Column column : found) {
            all = Plausible.either(all, column.values());
        }
        return all;
    }

    private @Nullable Plausible value(SqlNode node, Known from) {
        return switch (node) {
            case SqlIdentifier name -> column(from, name.names.getLast());
            case SqlNumericLiteral number -> Plausible.number(Double.parseDouble(number.toString()));
            case SqlCharStringLiteral literal -> new Plausible.OneOf(Set.of(String.valueOf(literal.toValue())));
            case SqlCase choice -> {
                Plausible all = null;
                boolean first = true;
                for (SqlNode then : choice.getThenOperands()) {
                    Plausible one = value(then, from);
                    all = first ? one : Plausible.either(all, one);
                    first = false;
                }
                SqlNode otherwise = choice.getElseOperand();
                yield otherwise == null || otherwise.toString().equals("NULL")
                        ? all
                        : Plausible.either(all, value(otherwise, from));
            }
            case SqlCall call -> call(call, from);
            default -> null;
        };
    }

    private @Nullable Plausible call(SqlCall call, Known from) {
        String name = call.getOperator().getName();
        if (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.OVER || call.getKind() == SqlKind.IGNORE_NULLS) {
            return value(call.operand(0), from);
        }
        if (name.equals("COUNT")) {
            return new Between(0, count(from));
        }
        if (call.operandCount() == 0 || call.operand(0) == null) {
            return null;
        }
        Plausible first = value(call.operand(0), from);
        if (call.operandCount() == 2 && Set.of("+", "-", "*").contains(name)) {
            return Plausible.of(name, first, value(call.operand(1), from));
        }
        if (name.equals("LAG")) {
            return call.operandCount() < 3 ? first : Plausible.either(first, value(call.operand(2), from));
        }
        if (name.equals("SUM") && first instanceof Between range) {
            double rows = count(from);
            return new Between(Math.min(0, range.least() * rows), Math.max(0, range.greatest() * rows));
        }
        if (!OF_THEIR_ARGUMENT.contains(name) || !(first instanceof Between range)) {
            return name.equals("CAST") || name.equals("MIN") || name.equals("MAX") ? first : null;
        }
        return switch (name) {
            case "ABS" -> new Between(0, Math.max(Math.abs(range.least()), Math.abs(range.greatest())));
            // Steps of a day at most.
            case "STEP", "FLOOR", "CEIL" -> new Between(range.least() - 86_400_000.0, range.greatest() + 86_400_000.0);
            default -> range;
        };
    }
}
