package io.riacho.kdasql;

import io.riacho.kdasql.Type.Kind;
import io.riacho.kdasql.statement.CreateFunction;
import io.riacho.kdasql.statement.DialectOperators;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlUnknownLiteral;
import org.apache.calcite.sql.fun.SqlBetweenOperator;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlLikeOperator;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Translates scalar expressions over the columns that {@code names} knows. */
final class Expressions {
    private final Limits limits;
    private final Functions functions;
    private final Casts casts;
    private final ScalarFunctions scalars;
    private final Function<SqlIdentifier, Expr> names;
    private final Function<SqlNode, @Nullable Expr> replacements;

    /**
     * @param names gives the column of a name, or fails
     * @param replacements gives what stands for a node already, such as the column of an aggregate; null where the node is to be translated
     */
    Expressions(
            Limits limits,
            Functions functions,
            Function<SqlIdentifier, Expr> names,
            Function<SqlNode, @Nullable Expr> replacements) {
        this.limits = limits;
        this.functions = functions;
        this.casts = new Casts(functions);
        this.scalars = new ScalarFunctions(functions, casts);
        this.names = names;
        this.replacements = replacements;
    }

    Expr translate(SqlNode node) {
        Expr replacement = replacements.apply(node);
        Expr result = replacement != null ? replacement : translated(node);
        int size = result.text().length();
        for (String failure : result.failures()) {
            size += failure.length();
        }
        if (size > limits.expressionCharacters()) {
            throw new SqlCodeException(node.getParserPosition(), "The expression is too large");
        }
        return result;
    }

    private Expr translated(SqlNode node) {
        return switch (node) {
            case SqlIntervalLiteral interval -> interval(interval);
            case SqlLiteral literal -> literal(literal);
            case SqlIdentifier identifier -> names.apply(identifier);
            case SqlCase chosen -> chosen(chosen);
            case SqlCall call -> call(call);
            default -> throw unsupported(node);
        };
    }

    private static SqlCodeException unsupported(SqlNode node) {
        return new SqlCodeException(node.getParserPosition(), "This expression is not supported");
    }

    // Literals

    private static Expr literal(SqlLiteral literal) {
        if (literal instanceof SqlUnknownLiteral unknown) {
            return timeLiteral(unknown.tag, String.valueOf(unknown.getValue()), literal.getParserPosition());
        }
        return switch (literal.getTypeName()) {
            case NULL -> Expr.atom("NULL", Type.NULL);
            case BOOLEAN -> Expr.atom(literal.booleanValue() ? "TRUE" : "FALSE", Type.BOOLEAN);
            case CHAR -> {
                String value = literal.getValueAs(String.class);
                yield Expr.atom(Text.literal(value), Type.text(Kind.VARCHAR, Math.max(1, value.length())));
            }
            case DECIMAL -> number((SqlNumericLiteral) literal);
            case DOUBLE -> Expr.atom(String.valueOf(literal.toValue()), Type.DOUBLE);
            case DATE, TIME, TIMESTAMP ->
                timeLiteral(
                        literal.getTypeName().getName(),
                        String.valueOf(literal.toValue()),
                        literal.getParserPosition());
            case BINARY -> Expr.atom(literal.toString(), Type.of(Kind.VARBINARY));
            default -> throw unsupported(literal);
        };
    }

    private static Expr number(SqlNumericLiteral literal) {
        BigDecimal value = Objects.requireNonNull(literal.bigDecimalValue());
        String text = value.toPlainString();
        if (value.scale() <= 0) {
            int digits = value.precision();
            return digits < 10
                    ? Expr.atom(text, Type.INTEGER)
                    : Expr.atom(text, digits < 19 ? Type.BIGINT : Type.decimal(digits, 0));
        }
        return Expr.atom(text, Type.decimal(Math.max(value.precision(), value.scale() + 1), value.scale()));
    }

    private static Expr timeLiteral(String tag, String value, SqlParserPos position) {
        Type type = switch (tag) {
            case "DATE" -> Type.DATE;
            case "TIME" -> Type.TIME;
            case "TIMESTAMP" -> Type.TIMESTAMP;
            default -> throw new SqlCodeException(position, "A literal of " + tag + " is not supported");
        };
        String pattern = switch (type.kind()) {
            case DATE -> "\\d{4}-\\d{1,2}-\\d{1,2}";
            case TIME -> "\\d{1,2}:\\d{1,2}:\\d{1,2}";
            default -> "\\d{4}-\\d{1,2}-\\d{1,2} \\d{1,2}:\\d{1,2}:\\d{1,2}(\\.\\d{1,9})?";
        };
        if (!value.matches(pattern)) {
            throw new SqlCodeException(position, "'" + value + "' is no " + tag);
        }
        return type.kind() == Kind.TIMESTAMP
                ? Expr.atom("CAST(TIMESTAMP " + Text.literal(value) + " AS TIMESTAMP(3))", type)
                : Expr.atom(tag + " " + Text.literal(value), type);
    }

    private static Expr interval(SqlIntervalLiteral literal) {
        Intervals.Value value = Intervals.of(literal);
        return value.months()
                ? Expr.atom(Long.toString(value.amount()), Type.of(Kind.INTERVAL_MONTHS))
                : Expr.atom(Long.toString(value.amount()), Type.INTERVAL);
    }

    // Operators

    private Expr call(SqlCall call) {
        List<SqlNode> operands = call.getOperandList();
        return switch (call.getKind()) {
            case AND -> logic(call, "AND", "IS NOT FALSE");
            case OR -> logic(call, "OR", "IS NOT TRUE");
            case NOT -> {
                Expr operand = condition(operands.getFirst());
                yield Expr.operation("NOT " + operand.operand(), Type.BOOLEAN, operand);
            }
            case IS_NULL -> postfix(call, "IS NULL");
            case IS_NOT_NULL -> postfix(call, "IS NOT NULL");
            case IS_TRUE -> postfix(call, "IS TRUE");
            case IS_FALSE -> postfix(call, "IS FALSE");
            case IS_NOT_TRUE -> postfix(call, "IS NOT TRUE");
            case IS_NOT_FALSE -> postfix(call, "IS NOT FALSE");
            case EQUALS -> comparison(call, "=");
            case NOT_EQUALS -> comparison(call, "<>");
            case LESS_THAN -> comparison(call, "<");
            case LESS_THAN_OR_EQUAL -> comparison(call, "<=");
            case GREATER_THAN -> comparison(call, ">");
            case GREATER_THAN_OR_EQUAL -> comparison(call, ">=");
            case IS_DISTINCT_FROM -> comparison(call, "IS DISTINCT FROM");
            case IS_NOT_DISTINCT_FROM -> comparison(call, "IS NOT DISTINCT FROM");
            case BETWEEN -> between((SqlBasicCall) call);
            case IN, NOT_IN -> in(call);
            case LIKE, SIMILAR -> like((SqlBasicCall) call);
            case PLUS -> plus(call, "+");
            case MINUS -> plus(call, "-");
            case TIMES -> times(call);
            case DIVIDE -> divide(call, translate(operands.get(0)), translate(operands.get(1)));
            case MOD -> modulo(translate(operands.get(0)), translate(operands.get(1)), call);
            case MINUS_PREFIX -> {
                Expr operand = numberOrInterval(operands.getFirst());
                yield Expr.operation("- " + operand.operand(), operand.type(), operand);
            }
            case PLUS_PREFIX -> numberOrInterval(operands.getFirst());
            case CAST -> castCall(call);
            case FLOOR, CEIL -> floor(call);
            case EXTRACT -> extract(call);
            case CASE -> chosen((SqlCase) call);
            case SCALAR_QUERY, EXISTS, SELECT ->
                throw new SqlCodeException(call.getParserPosition(), "A query cannot stand here");
            case OVER ->
                throw new SqlCodeException(
                        call.getParserPosition(), "A window function can stand in a select list only");
            default -> named(call);
        };
    }

    private Expr logic(SqlCall call, String operator, String goesOn) {
        Expr left = condition(call.operand(0));
        Expr right = condition(call.operand(1));
        List<String> failures = new ArrayList<>(left.failures());
        if (!right.failures().isEmpty()) {
            failures.add("(" + left.operand() + " " + goesOn + " AND " + right.failure() + ")");
        }
        // A chain of one operator needs no parentheses on its left.
        String leftText = call.operand(0).getKind() == call.getKind() ? left.text() : left.operand();
        return Expr.operation(leftText + " " + operator + " " + right.operand(), Type.BOOLEAN)
                .withFailures(failures);
    }

    Expr condition(SqlNode node) {
        Expr condition = translate(node);
        if (condition.type().kind() != Kind.BOOLEAN && condition.type().kind() != Kind.NULL) {
            throw new SqlCodeException(
                    node.getParserPosition(), "A condition is needed here, not a value of type " + condition.type());
        }
        return condition;
    }

    private Expr postfix(SqlCall call, String operator) {
        Expr operand = translate(call.operand(0));
        return Expr.operation(operand.operand() + " " + operator, Type.BOOLEAN, operand);
    }

    private Expr comparison(SqlCall call, String operator) {
        Expr[] both = comparable(translate(call.operand(0)), translate(call.operand(1)), call.getParserPosition());
        return Expr.operation(both[0].operand() + " " + operator + " " + both[1].operand(), Type.BOOLEAN, both);
    }

    private Expr[] comparable(Expr left, Expr right, SqlParserPos position) {
        Type l = left.type();
        Type r = right.type();
        if (l.kind() == Kind.NULL
                || r.kind() == Kind.NULL
                || l.kind() == r.kind()
                || l.isText() && r.isText()
                || l.isNumber() && r.isNumber()
                || l.isBytes() && r.isBytes()) {
            return new Expr[] {left, right};
        }
        if (l.isText() && (r.isNumber() || r.isTime() || r.kind() == Kind.BOOLEAN)) {
            return new Expr[] {casts.cast(left, r.isNumber() ? Type.DOUBLE : r, position), right};
        }
        if (r.isText() && (l.isNumber() || l.isTime() || l.kind() == Kind.BOOLEAN)) {
            return new Expr[] {left, casts.cast(right, l.isNumber() ? Type.DOUBLE : l, position)};
        }
        if (l.isTime() && r.isTime() && l.kind() != Kind.TIME && r.kind() != Kind.TIME) {
            return new Expr[] {casts.cast(left, Type.TIMESTAMP, position), casts.cast(right, Type.TIMESTAMP, position)};
        }
        throw new SqlCodeException(position, "A value of type " + l + " cannot be compared with one of type " + r);
    }

    private Expr between(SqlBasicCall call) {
        Expr value = translate(call.operand(0));
        Expr[] low = comparable(value, translate(call.operand(1)), call.getParserPosition());
        Expr[] high = comparable(value, translate(call.operand(2)), call.getParserPosition());
        boolean negated = ((SqlBetweenOperator) call.getOperator()).isNegated();
        String text = "%s >= %s AND %s <= %s"
                .formatted(low[0].operand(), low[1].operand(), high[0].operand(), high[1].operand());
        return Expr.operation(negated ? "NOT (" + text + ")" : text, Type.BOOLEAN, low[0], low[1], high[0], high[1]);
    }

    private Expr in(SqlCall call) {
        if (!(call.operand(1) instanceof SqlNodeList list)) {
            throw new SqlCodeException(call.getParserPosition(), "IN needs a list of values; a query is not supported");
        }
        Expr value = translate(call.operand(0));
        List<Expr> parts = new ArrayList<>();
        List<String> texts = new ArrayList<>();
        parts.add(value);
        for (SqlNode element : list) {
            Expr[] both = comparable(value, translate(element), element.getParserPosition());
            parts.add(both[0]);
            parts.add(both[1]);
            texts.add(both[0].operand() + " = " + both[1].operand());
        }
        String text = String.join(" OR ", texts);
        boolean negated = call.getKind() == SqlKind.NOT_IN;
        return new Expr(negated ? "NOT (" + text + ")" : text, Type.BOOLEAN, false, false, Expr.failures(parts));
    }

    private Expr like(SqlBasicCall call) {
        Expr value = text(call.operand(0));
        Expr pattern = text(call.operand(1));
        Expr escape = call.operandCount() > 2 ? text(call.operand(2)) : null;
        boolean negated = ((SqlLikeOperator) call.getOperator()).isNegated();
        boolean similar = call.getKind() == SqlKind.SIMILAR;
        List<Expr> parts = escape == null ? List.of(value, pattern) : List.of(value, pattern, escape);
        if (similar && !(call.operand(1) instanceof SqlLiteral)) {
            String arguments = value.text() + ", " + pattern.text() + ", " + (escape == null ? "''" : escape.text());
            Expr match = Expr.call(functions.use("KDA_SIMILAR") + "(" + arguments + ")", Type.BOOLEAN, parts)
                    .failing("(%s IS NOT NULL AND %s IS NOT NULL AND %s(%s) IS NULL)"
                            .formatted(value.operand(), pattern.operand(), "KDA_SIMILAR", arguments));
            return negated ? Expr.operation("NOT " + match.operand(), Type.BOOLEAN, match) : match;
        }
        String text = value.operand()
                + (negated ? " NOT" : "")
                + (similar ? " SIMILAR TO " : " LIKE ")
                + pattern.operand()
                + (escape == null ? "" : " ESCAPE " + escape.operand());
        return new Expr(text, Type.BOOLEAN, false, false, Expr.failures(parts));
    }

    private Expr text(SqlNode node) {
        Expr value = translate(node);
        return value.type().isText() || value.type().kind() == Kind.NULL
                ? value
                : casts.cast(value, Type.VARCHAR, node.getParserPosition());
    }

    private Expr numberOrInterval(SqlNode node) {
        Expr value = translate(node);
        return value.type().isInterval() ? value : number(value, node.getParserPosition());
    }

    private Expr number(Expr value, SqlParserPos position) {
        if (value.type().isNumber()) {
            return value;
        }
        if (value.type().isText() || value.type().kind() == Kind.NULL) {
            return casts.cast(value, Type.DOUBLE, position);
        }
        throw new SqlCodeException(position, "A number is needed here, not a value of type " + value.type());
    }

    private Expr plus(SqlCall call, String operator) {
        SqlParserPos position = call.getParserPosition();
        Expr left = translate(call.operand(0));
        Expr right = translate(call.operand(1));
        if (call.operandCount() == 3) {
            SqlIntervalQualifier qualifier = call.operand(2);
            return difference(left, right, qualifier, position);
        }
        if (left.type().isTime() || right.type().isTime()) {
            return shifted(call, left, right, operator);
        }
        if (left.type().isInterval() && right.type().isInterval()) {
            return Expr.operation(left.operand() + " " + operator + " " + right.operand(), Type.INTERVAL, left, right);
        }
        Expr l = number(left, position);
        Expr r = number(right, position);
        return Expr.operation(
                l.operand() + " " + operator + " " + r.operand(), l.type().widest(r.type()), l, r);
    }

    /** {@code (a - b) MINUTE TO SECOND}. */
    private Expr difference(Expr left, Expr right, SqlIntervalQualifier qualifier, SqlParserPos position) {
        if (!left.type().isTime() || !right.type().isTime()) {
            throw new SqlCodeException(position, "Times are needed here, not " + left.type() + " and " + right.type());
        }
        if (qualifier.isYearMonth()) {
            throw new SqlCodeException(position, "Intervals of months are not supported");
        }
        boolean mixed = left.type().kind() != right.type().kind();
        Expr l = mixed ? casts.cast(left, Type.TIMESTAMP, position) : left;
        Expr r = mixed ? casts.cast(right, Type.TIMESTAMP, position) : right;
        return Expr.call(
                "%s(%s, %s)".formatted(functions.use("KDA_MILLIS_BETWEEN"), l.text(), r.text()), Type.INTERVAL, l, r);
    }

    private Expr shifted(SqlCall call, Expr left, Expr right, String operator) {
        SqlParserPos position = call.getParserPosition();
        Expr time = left.type().isTime() ? left : right;
        Expr by = left.type().isTime() ? right : left;
        if (left.type().isTime() && right.type().isTime() || !left.type().isTime() && operator.equals("-")) {
            throw new SqlCodeException(
                    position,
                    "The difference of two times needs its unit, as in (a - b) SECOND, not %s %s %s"
                            .formatted(left.type(), operator, right.type()));
        }
        SqlNode node = left.type().isTime() ? call.operand(1) : call.operand(0);
        if (node instanceof SqlIntervalLiteral literal) {
            Intervals.Value value = Intervals.of(literal);
            String text = value.months()
                    ? "INTERVAL '" + value.amount() + "' MONTH("
                            + Long.toString(Math.abs(value.amount())).length() + ")"
                    : Text.interval(value.amount());
            return Expr.operation(time.operand() + " " + operator + " " + text, time.type(), time);
        }
        if (!by.type().isInterval()) {
            throw new SqlCodeException(position, "An interval is needed here, not a value of type " + by.type());
        }
        Expr stamp = casts.cast(time, Type.TIMESTAMP, position);
        return casts.cast(
                Expr.call(
                        "%s(%s(%s) %s %s)"
                                .formatted(
                                        functions.use("KDA_TO_TIMESTAMP"),
                                        functions.use("KDA_UNIX_TIMESTAMP"),
                                        stamp.text(),
                                        operator,
                                        by.operand()),
                        Type.TIMESTAMP,
                        stamp,
                        by),
                time.type(),
                position);
    }

    private Expr times(SqlCall call) {
        Expr left = numberOrInterval(call.operand(0));
        Expr right = numberOrInterval(call.operand(1));
        boolean interval = left.type().isInterval() || right.type().isInterval();
        Type type = interval ? Type.INTERVAL : left.type().widest(right.type());
        String text = left.operand() + " * " + right.operand();
        return interval
                ? Expr.call("CAST(" + text + " AS BIGINT)", type, left, right)
                : Expr.operation(text, type, left, right);
    }

    private Expr divide(SqlCall call, Expr dividend, Expr divisor) {
        SqlParserPos position = call.getParserPosition();
        Expr left = dividend.type().isInterval() ? dividend : number(dividend, position);
        Expr right = number(divisor, position);
        boolean interval = left.type().isInterval();
        Type type = interval ? Type.INTERVAL : left.type().widest(right.type());
        Expr quotient;
        if (call.operand(1) instanceof SqlNumericLiteral literal
                && Objects.requireNonNull(literal.bigDecimalValue()).signum() != 0) {
            quotient = Expr.operation(left.operand() + " / " + right.operand(), type, left, right);
        } else {
            quotient = Expr.operation(left.operand() + " / NULLIF(" + right.text() + ", 0)", type, left, right)
                    .failing("(" + right.operand() + " IS NOT DISTINCT FROM 0)");
        }
        return interval ? Expr.call("CAST(FLOOR(" + quotient.text() + ") AS BIGINT)", type, quotient) : quotient;
    }

    private Expr modulo(Expr left, Expr right, SqlCall call) {
        Expr l = number(left, call.getParserPosition());
        Expr r = number(right, call.getParserPosition());
        return Expr.call("MOD(" + l.text() + ", NULLIF(" + r.text() + ", 0))", r.type(), l, r)
                .failing("(" + r.operand() + " IS NOT DISTINCT FROM 0)");
    }

    private Expr castCall(SqlCall call) {
        SqlNode target = call.operand(1);
        SqlParserPos position = call.getParserPosition();
        Expr value = translate(call.operand(0));
        if (!(target instanceof SqlDataTypeSpec spec)) {
            throw new SqlCodeException(position, "A cast to an interval is not supported");
        }
        Type type = Type.of(spec);
        if (value.type().isInterval() && type.isText()) {
            String unit = Intervals.unit(call.operand(0));
            return casts.cast(
                    Expr.call(
                            "%s(%s, %s)"
                                    .formatted(functions.use("KDA_INTERVAL_TO_CHAR"), value.text(), Text.literal(unit)),
                            Type.VARCHAR,
                            value),
                    type,
                    position);
        }
        if (value.type().isInterval() && type.isInteger()) {
            long millis = Intervals.unitMillis(Intervals.unit(call.operand(0)));
            return casts.cast(Expr.operation(value.operand() + " / " + millis, Type.BIGINT, value), type, position);
        }
        return casts.cast(value, type, position);
    }

    private Expr floor(SqlCall call) {
        Expr value = translate(call.operand(0));
        String name = call.getKind() == SqlKind.FLOOR ? "FLOOR" : "CEIL";
        if (call.operandCount() == 1) {
            Expr number = number(value, call.getParserPosition());
            return Expr.call(name + "(" + number.text() + ")", number.type(), number);
        }
        TimeUnitRange unit = Intervals.range(call.operand(1));
        if (value.type().isInterval()) {
            long millis = Intervals.unitMillis(unit.name());
            return Expr.operation("%s / %d * %d".formatted(value.operand(), millis, millis), Type.INTERVAL, value);
        }
        if (!value.type().isTime()) {
            throw new SqlCodeException(
                    call.getParserPosition(), "A time is needed here, not a value of type " + value.type());
        }
        return Expr.call(name + "(" + value.text() + " TO " + unit + ")", value.type(), value);
    }

    private Expr extract(SqlCall call) {
        TimeUnitRange unit = Intervals.range(call.operand(0));
        Expr value = translate(call.operand(1));
        if (value.type().isInterval()) {
            return Expr.operation(value.operand() + " / " + Intervals.unitMillis(unit.name()), Type.BIGINT, value);
        }
        if (!value.type().isTime()) {
            throw new SqlCodeException(
                    call.getParserPosition(), "A time is needed here, not a value of type " + value.type());
        }
        return Expr.call("EXTRACT(" + unit + " FROM " + value.text() + ")", Type.BIGINT, value);
    }

    private Expr chosen(SqlCase call) {
        SqlNode subject = call.getValueOperand();
        List<Expr> conditions = new ArrayList<>();
        List<Expr> results = new ArrayList<>();
        for (int i = 0; i < call.getWhenOperands().size(); i++) {
            SqlNode when = call.getWhenOperands().get(i);
            if (subject == null) {
                conditions.add(condition(when));
            } else {
                Expr[] both = comparable(translate(subject), translate(when), when.getParserPosition());
                conditions.add(Expr.operation(both[0].operand() + " = " + both[1].operand(), Type.BOOLEAN, both));
            }
            results.add(translate(call.getThenOperands().get(i)));
        }
        SqlNode other = call.getElseOperand();
        results.add(other == null ? Expr.atom("NULL", Type.NULL) : translate(other));
        return choice(conditions, unified(results, call.getParserPosition()));
    }

    /** {@code CASE}: only the branch that is taken can fail. */
    private static Expr choice(List<Expr> conditions, List<Expr> results) {
        StringBuilder text = new StringBuilder("CASE");
        StringBuilder failure = new StringBuilder("(CASE");
        List<String> failures = new ArrayList<>(Expr.failures(conditions));
        boolean canFail = false;
        for (int i = 0; i < conditions.size(); i++) {
            text.append(" WHEN ").append(conditions.get(i).text());
            text.append(" THEN ").append(results.get(i).text());
            failure.append(" WHEN ").append(conditions.get(i).text());
            failure.append(" THEN ").append(results.get(i).failure());
            canFail |= !results.get(i).failures().isEmpty();
        }
        text.append(" ELSE ").append(results.getLast().text()).append(" END");
        failure.append(" ELSE ").append(results.getLast().failure()).append(" END)");
        canFail |= !results.getLast().failures().isEmpty();
        if (canFail) {
            failures.add(failure.toString());
        }
        return new Expr(text.toString(), results.getLast().type(), true, false, List.copyOf(failures));
    }

    private List<Expr> unified(List<Expr> values, SqlParserPos position) {
        Type type = Type.NULL;
        for (Expr value : values) {
            type = type.common(value.type());
        }
        List<Expr> unified = new ArrayList<>();
        for (Expr value : values) {
            boolean alike = value.type().kind() == type.kind()
                    || value.type().isText() && type.isText()
                    || value.type().isNumber() && type.isNumber();
            Type target = type;
            Expr cast = alike ? value : casts.cast(value, type, position);
            unified.add(cast.as(target));
        }
        return unified;
    }

    private Expr coalesce(List<Expr> values, SqlParserPos position) {
        List<Expr> alike = unified(values, position);
        if (alike.isEmpty()) {
            throw new SqlCodeException(position, "COALESCE needs arguments");
        }
        List<Expr> conditions = new ArrayList<>();
        for (Expr value : alike.subList(0, alike.size() - 1)) {
            conditions.add(Expr.operation(value.operand() + " IS NOT NULL", Type.BOOLEAN, value));
        }
        if (Expr.failures(alike).isEmpty()) {
            String arguments = String.join(", ", alike.stream().map(Expr::text).toList());
            return Expr.call("COALESCE(" + arguments + ")", alike.getLast().type(), alike);
        }
        return choice(conditions, alike);
    }

    // Functions

    private Expr named(SqlCall call) {
        String name = call.getOperator().getName();
        SqlParserPos position = call.getParserPosition();
        if (DialectOperators.STEP.equals(call.getOperator())) {
            return step(call);
        }
        if (name.equals("||")) {
            Expr left = text(call.operand(0));
            Expr right = text(call.operand(1));
            return Expr.operation(left.operand() + " || " + right.operand(), Type.VARCHAR, left, right);
        }
        if (name.equals("TRIM")) {
            return trim(call);
        }
        CreateFunction own = functions.declared(name);
        if (own != null) {
            return inlined(own, call);
        }
        List<Expr> arguments = new ArrayList<>();
        for (SqlNode operand : call.getOperandList()) {
            if (operand == null || operand instanceof SqlIntervalQualifier) {
                throw unsupported(call);
            }
            arguments.add(translate(operand));
        }
        if (Aggregates.isAggregate(name)) {
            throw new SqlCodeException(position, name + " cannot stand here");
        }
        return switch (name) {
            case "COALESCE", "IFNULL" -> coalesce(arguments, position);
            case "NULLIF" -> {
                Expr[] both = comparable(arguments.get(0), arguments.get(1), position);
                yield Expr.call("NULLIF(" + both[0].text() + ", " + both[1].text() + ")", both[0].type(), both);
            }
            case "MOD" -> modulo(arguments.get(0), arguments.get(1), call);
            default -> scalars.call(call, name, arguments);
        };
    }

    private Expr step(SqlCall call) {
        Expr value = translate(call.operand(0));
        SqlNode by = call.operand(1);
        SqlParserPos position = call.getParserPosition();
        if (by instanceof SqlIntervalLiteral literal) {
            Intervals.Value interval = Intervals.of(literal);
            if (!value.type().isTime() || value.type().kind() == Kind.TIME || interval.amount() <= 0) {
                throw new SqlCodeException(
                        position, "STEP BY an interval needs a TIMESTAMP, not a value of type " + value.type());
            }
            Expr stamp = casts.cast(value, Type.TIMESTAMP, position);
            return stepped(stamp, interval);
        }
        Expr size = translate(by);
        if (!value.type().isInteger() || !size.type().isInteger()) {
            throw new SqlCodeException(
                    position,
                    "STEP needs a TIMESTAMP and an interval, or two integers, not " + value.type() + " and "
                            + size.type());
        }
        Expr quotient = Expr.operation(
                        value.operand() + " / NULLIF(" + size.text() + ", 0) * " + size.operand(),
                        value.type().widest(size.type()),
                        value,
                        size)
                .failing("(" + size.operand() + " IS NOT DISTINCT FROM 0)");
        return quotient;
    }

    private Expr stepped(Expr stamp, Intervals.Value interval) {
        if (interval.months()) {
            return Expr.call(
                    "%s(%s, %d)".formatted(functions.use("KDA_STEP_MONTHS"), stamp.text(), interval.amount()),
                    Type.TIMESTAMP,
                    stamp);
        }
        return Expr.call(stepText(functions, stamp.text(), interval.amount()), Type.TIMESTAMP, stamp);
    }

    /** A time floored to a multiple of {@code millis}. */
    static String stepText(Functions functions, String text, long millis) {
        return switch ((int) Math.min(millis, Integer.MAX_VALUE)) {
            case 1000 -> "FLOOR(" + text + " TO SECOND)";
            case 60_000 -> "FLOOR(" + text + " TO MINUTE)";
            case 3_600_000 -> "FLOOR(" + text + " TO HOUR)";
            default -> "%s(%s, CAST(%d AS BIGINT))".formatted(functions.use("KDA_STEP"), text, millis);
        };
    }

    private Expr trim(SqlCall call) {
        SqlLiteral flag = call.operand(0);
        SqlNode characters = call.operand(1);
        Expr value = text(call.operand(2));
        Expr trimmed = characters == null ? Expr.atom("' '", Type.VARCHAR) : text(characters);
        return Expr.call(
                "TRIM(%s %s FROM %s)".formatted(flag.toValue(), trimmed.operand(), value.text()),
                value.type(),
                trimmed,
                value);
    }

    private Expr inlined(CreateFunction function, SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        if (function.parameters().size() != call.operandCount()) {
            throw new SqlCodeException(
                    position,
                    "%s takes %d arguments"
                            .formatted(
                                    function.name().names.getLast(),
                                    function.parameters().size()));
        }
        Map<String, Expr> arguments = new HashMap<>();
        for (int i = 0; i < call.operandCount(); i++) {
            Type type = Type.of(function.parameters().get(i).type());
            arguments.put(
                    function.parameters().get(i).name().getSimple(),
                    casts.cast(translate(call.operand(i)), type, call.operand(i).getParserPosition()));
        }
        Expressions body = new Expressions(
                limits,
                functions,
                name -> {
                    Expr argument = name.isSimple() ? arguments.get(name.getSimple()) : null;
                    if (argument == null) {
                        throw new SqlCodeException(name.getParserPosition(), "The function has no parameter " + name);
                    }
                    return argument;
                },
                node -> null);
        if (!functions.inline()) {
            throw new SqlCodeException(position, "Functions call each other too deeply");
        }
        try {
            return casts.cast(body.translate(function.body()), Type.of(function.type()), position);
        } finally {
            functions.inlined();
        }
    }
}
