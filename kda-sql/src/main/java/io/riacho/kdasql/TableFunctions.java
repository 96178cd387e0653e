package io.riacho.kdasql;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;

/** The functions that stand in {@code TABLE(…)} and take a query in {@code CURSOR(…)}. */
final class TableFunctions {
    private final Queries queries;
    private final TimeFunctions times;

    TableFunctions(Queries queries, TimeFunctions times) {
        this.queries = queries;
        this.times = times;
    }

    Relation call(SqlNode node) {
        if (!(node instanceof SqlCall call)) {
            throw new SqlCodeException(node.getParserPosition(), "A function is needed here");
        }
        String name = call.getOperator().getName();
        return switch (name) {
            case "RANDOM_CUT_FOREST" ->
                with(
                        call,
                        "KDA_RANDOM_CUT_FOREST",
                        forest(call, 5),
                        List.of(new Relation.Column("ANOMALY_SCORE", Type.DOUBLE)));
            case "RANDOM_CUT_FOREST_WITH_EXPLANATION" ->
                with(
                        call,
                        "KDA_RANDOM_CUT_FOREST_WITH_EXPLANATION",
                        forest(call, 6) + ", directionality => " + flag(call, 5),
                        List.of(
                                new Relation.Column("ANOMALY_SCORE", Type.DOUBLE),
                                new Relation.Column("ANOMALY_EXPLANATION", Type.VARCHAR)));
            case "HOTSPOTS" -> {
                count(call, 4, 4);
                yield with(
                        call,
                        "KDA_HOTSPOTS",
                        "size => %d, radius => %sE0, min_points => %d"
                                .formatted(whole(call, 1, 0), number(call, 2).toPlainString(), whole(call, 3, 0)),
                        List.of(new Relation.Column("HOTSPOTS_RESULT", Type.VARCHAR)));
            }
            case "GROUP_RANK" -> {
                count(call, 7, 7);
                Relation input = cursor(call);
                String out = text(call, 2);
                yield with(
                        call,
                        "KDA_GROUP_RANK",
                        "rank_by => %s, rank_out => %s, sort_order => %s, output_order => %s, max_idle => %d, output_max => %d"
                                .formatted(
                                        Text.literal(column(input, call, 1).flinkName()),
                                        Text.literal(out),
                                        Text.literal(order(call, 3)),
                                        Text.literal(order(call, 4)),
                                        whole(call, 5, 0),
                                        whole(call, 6, 0)),
                        List.of(new Relation.Column(out, Type.INTEGER)));
            }
            case "TOP_K_ITEMS_TUMBLING" -> topK(call);
            case "COUNT_DISTINCT_ITEMS_TUMBLING" -> countDistinct(call);
            default ->
                throw new SqlCodeException(call.getParserPosition(), "The table function " + name + " is not known");
        };
    }

    private Relation with(SqlCall call, String function, String arguments, List<Relation.Column> more) {
        Relation input = cursor(call);
        List<Relation.Column> columns = new ArrayList<>(input.columns());
        for (Relation.Column column : more) {
            if (columns.stream().anyMatch(c -> c.flinkName().equals(column.flinkName()))) {
                throw new SqlCodeException(
                        call.getParserPosition(), "The query has a column " + column.name() + " already");
            }
            columns.add(column);
        }
        return times.call(function, input, null, arguments, columns, input.offset());
    }

    private static String forest(SqlCall call, int most) {
        count(call, 1, most);
        return "trees => %d, sample => %d, decay => %d, shingle => %d"
                .formatted(whole(call, 1, 100), whole(call, 2, 256), whole(call, 3, 100_000), whole(call, 4, 1));
    }

    private Relation topK(SqlCall call) {
        count(call, 4, 4);
        Relation input = times.inView(times.aligned(cursor(call)));
        Relation.Column column = column(input, call, 1);
        long size = seconds(call, 3);
        String grouped =
                "SELECT `window_start`, `window_end`, `window_time`, %s AS `ITEM`, COUNT(*) AS `ITEM_COUNT`\nFROM %s\nGROUP BY `window_start`, `window_end`, `window_time`, %s"
                        .formatted(column.quoted(), times.tumble(input, size, false), column.quoted());
        String ranked =
                "SELECT *, ROW_NUMBER() OVER (PARTITION BY `window_start`, `window_end` ORDER BY `ITEM_COUNT` DESC) AS `__rank`\nFROM (\n%s\n)"
                        .formatted(Relation.indented(grouped));
        String sql = "SELECT `ITEM`, `ITEM_COUNT`, `window_time` AS %s\nFROM (\n%s\n)\nWHERE `__rank` <= %d"
                .formatted(Relation.TIME, Relation.indented(ranked), whole(call, 2, 0));
        return Relation.ofQuery(
                sql,
                List.of(new Relation.Column("ITEM", column.type()), new Relation.Column("ITEM_COUNT", Type.BIGINT)),
                1);
    }

    private Relation countDistinct(SqlCall call) {
        count(call, 3, 3);
        Relation input = times.inView(times.aligned(cursor(call)));
        Relation.Column column = column(input, call, 1);
        String sql =
                "SELECT COUNT(DISTINCT %s) AS `NUMBER_OF_DISTINCT_ITEMS`, `window_time` AS %s\nFROM %s\nGROUP BY `window_start`, `window_end`, `window_time`"
                        .formatted(column.quoted(), Relation.TIME, times.tumble(input, seconds(call, 2), false));
        return Relation.ofQuery(sql, List.of(new Relation.Column("NUMBER_OF_DISTINCT_ITEMS", Type.BIGINT)), 1);
    }

    // Arguments

    private Relation cursor(SqlCall call) {
        if (call.operandCount() > 0
                && call.operand(0) instanceof SqlCall cursor
                && cursor.getKind() == SqlKind.CURSOR) {
            return queries.query(cursor.operand(0));
        }
        throw new SqlCodeException(
                call.getParserPosition(), call.getOperator().getName() + " needs CURSOR(SELECT STREAM …)");
    }

    /** The column that a literal names: as it is written, or else as it would be without quotes. */
    private static Relation.Column column(Relation input, SqlCall call, int operand) {
        String name = text(call, operand);
        return input.columns().stream()
                .filter(c -> c.name().equals(name))
                .findFirst()
                .or(() -> input.columns().stream()
                        .filter(c -> c.name().equalsIgnoreCase(name))
                        .findFirst())
                .orElseThrow(() -> new SqlCodeException(
                        call.operand(operand).getParserPosition(), "The query has no column " + name));
    }

    private static void count(SqlCall call, int least, int most) {
        if (call.operandCount() < least || call.operandCount() > most) {
            throw new SqlCodeException(
                    call.getParserPosition(),
                    call.getOperator().getName() + " takes " + (least == most ? least : least + " to " + most)
                            + " arguments");
        }
    }

    private static long seconds(SqlCall call, int operand) {
        long seconds = whole(call, operand, 0);
        if (seconds <= 0 || seconds > 86_400) {
            throw new SqlCodeException(
                    call.operand(operand).getParserPosition(), "The window must have 1 to 86,400 seconds");
        }
        return seconds * 1000;
    }

    private static long whole(SqlCall call, int operand, long otherwise) {
        if (operand >= call.operandCount()) {
            return otherwise;
        }
        BigDecimal value = number(call, operand);
        SqlParserPos position = call.operand(operand).getParserPosition();
        if (value.scale() > 0 || value.signum() < 0 || value.compareTo(BigDecimal.valueOf(Integer.MAX_VALUE)) > 0) {
            throw new SqlCodeException(position, "A whole number is needed here");
        }
        return value.longValue();
    }

    private static BigDecimal number(SqlCall call, int operand) {
        if (call.operand(operand) instanceof SqlNumericLiteral literal) {
            return Objects.requireNonNull(literal.bigDecimalValue());
        }
        throw new SqlCodeException(call.operand(operand).getParserPosition(), "A number is needed here");
    }

    private static String flag(SqlCall call, int operand) {
        if (operand >= call.operandCount()) {
            return "FALSE";
        }
        if (call.operand(operand) instanceof SqlLiteral literal && literal.getTypeName() == SqlTypeName.BOOLEAN) {
            return literal.booleanValue() ? "TRUE" : "FALSE";
        }
        throw new SqlCodeException(call.operand(operand).getParserPosition(), "TRUE or FALSE is needed here");
    }

    private static String order(SqlCall call, int operand) {
        String order = text(call, operand);
        if (order.equalsIgnoreCase("asc") || order.equalsIgnoreCase("desc")) {
            return order.toLowerCase(Locale.ROOT);
        }
        throw new SqlCodeException(call.operand(operand).getParserPosition(), "'asc' or 'desc' is needed here");
    }

    private static String text(SqlCall call, int operand) {
        if (operand < call.operandCount()
                && call.operand(operand) instanceof SqlLiteral literal
                && literal.getTypeName() == SqlTypeName.CHAR) {
            return literal.getValueAs(String.class);
        }
        throw new SqlCodeException(call.getParserPosition(), "A text literal is needed as argument " + (operand + 1));
    }
}
