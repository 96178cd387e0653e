package io.riacho.kdasql;

import io.riacho.kdasql.Type.Kind;
import io.riacho.kdasql.statement.CreateFunction;
import io.riacho.kdasql.statement.DialectOperators;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** Translates scalar expressions over the columns that {@code names} knows. */
final class Expressions {
    private final Limits limits;
    private final Functions functions;
    private final Casts casts;
    private final ScalarFunctions scalars;
    private final Conditions conditions;
    private final Arithmetic arithmetic;
    private final Choices choices;
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
        this.conditions = new Conditions(this, functions, casts);
        this.arithmetic = new Arithmetic(this, functions, casts);
        this.choices = new Choices(this, casts, conditions);
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
            case SqlIntervalLiteral interval -> Literals.interval(interval);
            case SqlLiteral literal -> Literals.literal(literal);
            case SqlIdentifier identifier -> names.apply(identifier);
            case SqlCase chosen -> choices.chosen(chosen);
            case SqlCall call -> call(call);
            default -> throw unsupported(node);
        };
    }

    static SqlCodeException unsupported(SqlNode node) {
        return new SqlCodeException(node.getParserPosition(), "This expression is not supported");
    }

    // Operators

    private Expr call(SqlCall call) {
        List<SqlNode> operands = call.getOperandList();
        return switch (call.getKind()) {
            case AND -> conditions.logic(call, "AND", "IS NOT FALSE");
            case OR -> conditions.logic(call, "OR", "IS NOT TRUE");
            case NOT -> {
                Expr operand = condition(operands.getFirst());
                yield Expr.operation("NOT " + operand.operand(), Type.BOOLEAN, operand);
            }
            case IS_NULL -> conditions.postfix(call, "IS NULL");
            case IS_NOT_NULL -> conditions.postfix(call, "IS NOT NULL");
            case IS_TRUE -> conditions.postfix(call, "IS TRUE");
            case IS_FALSE -> conditions.postfix(call, "IS FALSE");
            case IS_NOT_TRUE -> conditions.postfix(call, "IS NOT TRUE");
            case IS_NOT_FALSE -> conditions.postfix(call, "IS NOT FALSE");
            case EQUALS -> conditions.comparison(call, "=");
            case NOT_EQUALS -> conditions.comparison(call, "<>");
            case LESS_THAN -> conditions.comparison(call, "<");
            case LESS_THAN_OR_EQUAL -> conditions.comparison(call, "<=");
            case GREATER_THAN -> conditions.comparison(call, ">");
            case GREATER_THAN_OR_EQUAL -> conditions.comparison(call, ">=");
            case IS_DISTINCT_FROM -> conditions.comparison(call, "IS DISTINCT FROM");
            case IS_NOT_DISTINCT_FROM -> conditions.comparison(call, "IS NOT DISTINCT FROM");
            case BETWEEN -> conditions.between((SqlBasicCall) call);
            case IN, NOT_IN -> conditions.in(call);
            case LIKE, SIMILAR -> conditions.like((SqlBasicCall) call);
            case PLUS -> arithmetic.plus(call, "+");
            case MINUS -> arithmetic.plus(call, "-");
            case TIMES -> arithmetic.times(call);
            case DIVIDE -> arithmetic.divide(call, translate(operands.get(0)), translate(operands.get(1)));
            case MOD -> arithmetic.modulo(translate(operands.get(0)), translate(operands.get(1)), call);
            case MINUS_PREFIX -> {
                Expr operand = arithmetic.numberOrInterval(operands.getFirst());
                yield Expr.operation("- " + operand.operand(), operand.type(), operand);
            }
            case PLUS_PREFIX -> arithmetic.numberOrInterval(operands.getFirst());
            case CAST -> castCall(call);
            case FLOOR, CEIL -> arithmetic.floor(call);
            case EXTRACT -> arithmetic.extract(call);
            case CASE -> choices.chosen((SqlCase) call);
            case SCALAR_QUERY, EXISTS, SELECT ->
                throw new SqlCodeException(call.getParserPosition(), "A query cannot stand here");
            case OVER ->
                throw new SqlCodeException(
                        call.getParserPosition(), "A window function can stand in a select list only");
            default -> named(call);
        };
    }

    Expr condition(SqlNode node) {
        Expr condition = translate(node);
        if (condition.type().kind() != Kind.BOOLEAN && condition.type().kind() != Kind.NULL) {
            throw new SqlCodeException(
                    node.getParserPosition(), "A condition is needed here, not a value of type " + condition.type());
        }
        return condition;
    }

    /** A value as text. */
    Expr text(SqlNode node) {
        Expr value = translate(node);
        return value.type().isText() || value.type().kind() == Kind.NULL
                ? value
                : casts.cast(value, Type.VARCHAR, node.getParserPosition());
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

    // Functions

    private Expr named(SqlCall call) {
        String name = call.getOperator().getName();
        SqlParserPos position = call.getParserPosition();
        if (DialectOperators.STEP.equals(call.getOperator())) {
            return arithmetic.step(call);
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
            case "COALESCE", "IFNULL" -> choices.coalesce(arguments, position);
            case "NULLIF" -> {
                Expr[] both = conditions.comparable(arguments.get(0), arguments.get(1), position);
                yield Expr.call("NULLIF(" + both[0].text() + ", " + both[1].text() + ")", both[0].type(), both);
            }
            case "MOD" -> arithmetic.modulo(arguments.get(0), arguments.get(1), call);
            default -> scalars.call(call, name, arguments);
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
