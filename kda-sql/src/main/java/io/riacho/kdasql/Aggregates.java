package io.riacho.kdasql;

import io.riacho.kdasql.Type.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelectKeyword;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** What the dialect's aggregate functions are: as calls in code, as text in Flink's GROUP BY, as specification of the window functions of the Flink jar. */
final class Aggregates {
    private static final Set<String> NAMES = Set.of(
            "COUNT",
            "SUM",
            "AVG",
            "MIN",
            "MAX",
            "STDDEV_POP",
            "STDDEV_SAMP",
            "VAR_POP",
            "VAR_SAMP",
            "FIRST_VALUE",
            "LAST_VALUE",
            "NTH_VALUE",
            "LAG",
            "EXP_AVG",
            "ANY",
            "SOME",
            "EVERY");

    private static final Set<String> OF_WINDOWS_ONLY = Set.of("NTH_VALUE", "LAG", "EXP_AVG");

    private Aggregates() {}

    static boolean isAggregate(String name) {
        return NAMES.contains(name);
    }

    /**
     * A call of an aggregate function.
     *
     * @param operands without {@code *}
     */
    record Call(String name, List<SqlNode> operands, boolean distinct, boolean ignoreNulls, SqlParserPos position) {}

    /** The call that the node is, or null. */
    static @Nullable Call call(SqlNode node) {
        if (!(node instanceof SqlCall call)) {
            return null;
        }
        if (call.getKind() == SqlKind.IGNORE_NULLS || call.getKind() == SqlKind.RESPECT_NULLS) {
            Call inner = call(call.operand(0));
            return inner == null
                    ? null
                    : new Call(
                            inner.name(),
                            inner.operands(),
                            inner.distinct(),
                            call.getKind() == SqlKind.IGNORE_NULLS,
                            inner.position());
        }
        String name = call.getOperator().getName();
        if (!isAggregate(name)) {
            return null;
        }
        SqlLiteral quantifier = call.getFunctionQuantifier();
        List<SqlNode> operands = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (!(operand instanceof SqlIdentifier star && star.isStar())) {
                operands.add(operand);
            }
        }
        boolean star = call.operandCount() == 1 && operands.isEmpty();
        if (operands.isEmpty() && !(star && name.equals("COUNT"))) {
            throw new SqlCodeException(call.getParserPosition(), name + " needs an argument");
        }
        int most = switch (name) {
            case "LAG" -> 3;
            case "NTH_VALUE", "EXP_AVG" -> 2;
            default -> 1;
        };
        if (operands.size() > most) {
            throw new SqlCodeException(call.getParserPosition(), name + " takes at most " + most + " arguments");
        }
        return new Call(
                name,
                operands,
                quantifier != null && quantifier.getValueAs(SqlSelectKeyword.class) == SqlSelectKeyword.DISTINCT,
                false,
                call.getParserPosition());
    }

    /** Whether an aggregate function stands in it, outside of window functions. */
    static boolean anyIn(@Nullable SqlNode node) {
        return switch (node) {
            case null -> false;
            case SqlCall call when call.getKind() == SqlKind.OVER -> false;
            case SqlCall call when call(call) != null -> true;
            case SqlCall call when call.getKind() == SqlKind.SELECT -> false;
            case SqlCall call -> call.getOperandList().stream().anyMatch(Aggregates::anyIn);
            case SqlNodeList list -> list.getList().stream().anyMatch(Aggregates::anyIn);
            default -> false;
        };
    }

    static Type type(Call call, @Nullable Type argument) {
        return switch (call.name()) {
            case "COUNT" -> Type.BIGINT;
            case "STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP", "EXP_AVG" -> Type.DOUBLE;
            case "SUM" -> sum(call, argument);
            case "AVG" -> {
                number(call, argument);
                yield argument == null ? Type.DOUBLE : argument;
            }
            case "ANY", "SOME", "EVERY" -> Type.BOOLEAN;
            default -> argument == null ? Type.NULL : argument;
        };
    }

    private static Type sum(Call call, @Nullable Type argument) {
        number(call, argument);
        if (argument == null || argument.isApproximate()) {
            return Type.DOUBLE;
        }
        return argument.isInteger() ? Type.BIGINT : Type.decimal(38, argument.scale());
    }

    private static void number(Call call, @Nullable Type argument) {
        if (argument == null || !argument.isNumber()) {
            throw new SqlCodeException(
                    call.position(), call.name() + " needs a number, not a value of type " + argument);
        }
    }

    /** In a GROUP BY of Flink; {@code argument} is null for {@code COUNT(*)}. */
    static String grouped(Call call, @Nullable Expr argument) {
        if (OF_WINDOWS_ONLY.contains(call.name())) {
            throw new SqlCodeException(call.position(), call.name() + " needs OVER a window");
        }
        String distinct = call.distinct() ? "DISTINCT " : "";
        if (argument == null) {
            return "COUNT(*)";
        }
        String text = argument.text();
        return switch (call.name()) {
            case "SUM" -> {
                Type sum = sum(call, argument.type());
                String cast = sum.kind() == Kind.DECIMAL || sum.equals(argument.type())
                        ? text
                        : "CAST(" + text + " AS " + sum.flink() + ")";
                yield "SUM(" + distinct + cast + ")";
            }
            case "STDDEV_POP", "STDDEV_SAMP", "VAR_POP", "VAR_SAMP" ->
                call.name() + "(" + distinct + "CAST(" + text + " AS DOUBLE))";
            case "ANY", "SOME" ->
                "MAX(CASE WHEN " + text + " THEN 1 WHEN NOT " + argument.operand() + " THEN 0 END) = 1";
            case "EVERY" -> "MIN(CASE WHEN " + text + " THEN 1 WHEN NOT " + argument.operand() + " THEN 0 END) = 1";
            default -> call.name() + "(" + distinct + text + ")";
        };
    }
}
