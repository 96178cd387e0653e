package io.riacho.kdasql;

import io.riacho.kdasql.statement.DialectOperators;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;

/** The functions of the dialect by name, with Amazon's meaning. */
final class ScalarFunctions {
    private final Functions functions;
    private final Casts casts;
    private final LogParsers logs;

    ScalarFunctions(Functions functions, Casts casts) {
        this.functions = functions;
        this.casts = casts;
        this.logs = new LogParsers(this, functions);
    }

    Expr call(SqlCall call, String name, List<Expr> arguments) {
        if (DialectOperators.SUBSTRING_COMMA.equals(call.getOperator())) {
            return substring("KDA_SUBSTRING_COMMA", call, arguments);
        }
        return switch (name) {
            case "ABS" -> {
                Expr x = number(call, arguments, 0, 1);
                yield Expr.call("ABS(" + x.text() + ")", x.type(), x);
            }
            case "EXP", "LN", "LOG10", "SQRT" -> real(call, name, arguments);
            case "POWER", "POW" -> {
                Expr x = number(call, arguments, 0, 2);
                Expr y = number(call, arguments, 1, 2);
                yield Expr.call("POWER(" + x.text() + ", " + y.text() + ")", Type.DOUBLE, x, y);
            }
            case "UPPER", "LOWER", "INITCAP" -> {
                Expr x = text(call, arguments, 0, 1);
                yield Expr.call(name + "(" + x.text() + ")", x.type(), x);
            }
            case "CHAR_LENGTH", "CHARACTER_LENGTH" -> {
                Expr x = text(call, arguments, 0, 1);
                yield Expr.call("CHAR_LENGTH(" + x.text() + ")", Type.INTEGER, x);
            }
            case "POSITION" -> {
                if (arguments.size() != 2) {
                    throw arity(call, "POSITION(… IN …)");
                }
                Expr x = text(call, arguments, 0, 2);
                Expr y = text(call, arguments, 1, 2);
                yield Expr.call("POSITION(" + x.operand() + " IN " + y.operand() + ")", Type.INTEGER, x, y);
            }
            case "OVERLAY" -> overlay(call, arguments);
            case "SUBSTRING" -> substring("KDA_SUBSTRING", call, arguments);
            case "CURRENT_DATE" -> Expr.atom("CURRENT_DATE", Type.DATE);
            case "CURRENT_TIME", "LOCALTIME" -> Expr.atom("LOCALTIME", Type.TIME);
            case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP" -> Expr.atom("LOCALTIMESTAMP", Type.TIMESTAMP);
            case "CURRENT_ROW_TIMESTAMP" -> {
                count(call, arguments, 0, 0);
                yield Expr.atom(functions.use("KDA_CURRENT_ROW_TIMESTAMP") + "()", Type.TIMESTAMP);
            }
            case "UNIX_TIMESTAMP" -> {
                count(call, arguments, 1, 1);
                yield flink(call, "KDA_UNIX_TIMESTAMP", Type.BIGINT, arguments, Type.TIMESTAMP);
            }
            case "TO_TIMESTAMP" -> {
                count(call, arguments, 1, 1);
                yield flink(call, "KDA_TO_TIMESTAMP", Type.TIMESTAMP, arguments, Type.BIGINT);
            }
            case "TSDIFF" -> tsdiff(call, arguments);
            case "CHAR_TO_TIMESTAMP" -> parse(call, "KDA_CHAR_TO_TIMESTAMP", Type.TIMESTAMP, arguments);
            case "CHAR_TO_DATE" -> parse(call, "KDA_CHAR_TO_DATE", Type.DATE, arguments);
            case "CHAR_TO_TIME" -> parse(call, "KDA_CHAR_TO_TIME", Type.TIME, arguments);
            case "TIMESTAMP_TO_CHAR" -> format(call, Type.TIMESTAMP, arguments);
            case "DATE_TO_CHAR" -> format(call, Type.DATE, arguments);
            case "TIME_TO_CHAR" -> format(call, Type.TIME, arguments);
            case "REGEX_REPLACE" -> regexReplace(call, arguments);
            case "REGEX_LOG_PARSE" -> logs.regexLogParse(call, "KDA_REGEX_LOG_PARSE", arguments);
            case "FAST_REGEX_LOG_PARSE", "FAST_REGEX_LOG_PARSER" ->
                logs.regexLogParse(call, "KDA_FAST_REGEX_LOG_PARSE", arguments);
            case "W3C_LOG_PARSE" -> logs.w3cLogParse(call, arguments);
            case "SYS_LOG_PARSE" -> {
                Expr x = text(call, arguments, 0, 1);
                yield Expr.call(functions.use("KDA_SYS_LOG_PARSE") + "(" + x.text() + ")", LogParsers.SYS_LOG, x);
            }
            case "VARIABLE_COLUMN_LOG_PARSE" -> logs.variableColumns(call, arguments);
            case "FIXED_COLUMN_LOG_PARSE" -> logs.fixedColumns(call, arguments);
            default -> throw new SqlCodeException(call.getParserPosition(), "The function " + name + " is not known");
        };
    }

    // Numbers and text

    private Expr real(SqlCall call, String name, List<Expr> arguments) {
        Expr x = number(call, arguments, 0, 1);
        Expr result = Expr.call(name + "(CAST(" + x.text() + " AS DOUBLE))", Type.DOUBLE, x);
        return switch (name) {
            case "LN", "LOG10" ->
                Expr.call(
                                name + "(CASE WHEN " + x.operand() + " > 0 THEN CAST(" + x.text() + " AS DOUBLE) END)",
                                Type.DOUBLE,
                                x)
                        .failing("((" + x.operand() + " <= 0) IS TRUE)");
            case "SQRT" -> result.failing("((" + x.operand() + " < 0) IS TRUE)");
            default -> result;
        };
    }

    private Expr overlay(SqlCall call, List<Expr> arguments) {
        count(call, arguments, 3, 4);
        Expr x = text(call, arguments, 0, arguments.size());
        Expr y = text(call, arguments, 1, arguments.size());
        Expr from = integer(call, arguments.get(2));
        if (arguments.size() == 3) {
            return Expr.call(
                    "OVERLAY(%s PLACING %s FROM %s)".formatted(x.operand(), y.operand(), from.operand()),
                    Type.VARCHAR,
                    x,
                    y,
                    from);
        }
        Expr length = integer(call, arguments.get(3));
        return Expr.call(
                "OVERLAY(%s PLACING %s FROM %s FOR %s)"
                        .formatted(x.operand(), y.operand(), from.operand(), length.operand()),
                Type.VARCHAR,
                x,
                y,
                from,
                length);
    }

    private Expr substring(String function, SqlCall call, List<Expr> arguments) {
        count(call, arguments, 2, 3);
        Expr x = text(call, arguments, 0, arguments.size());
        if (arguments.get(1).type().isText() && function.equals("KDA_SUBSTRING") && arguments.size() == 2) {
            return Expr.call(
                    "%s(%s, %s)"
                            .formatted(
                                    functions.use("KDA_SUBSTRING_REGEX"),
                                    x.text(),
                                    arguments.get(1).text()),
                    x.type(),
                    x,
                    arguments.get(1));
        }
        if (arguments.get(1).type().isText()) {
            if (function.equals("KDA_SUBSTRING")) {
                Expr escape = text(call, arguments, 2, 3);
                return Expr.call(
                        "%s(%s, %s, %s)"
                                .formatted(
                                        functions.use("KDA_SUBSTRING_SIMILAR"),
                                        x.text(),
                                        arguments.get(1).text(),
                                        escape.text()),
                        x.type(),
                        x,
                        arguments.get(1),
                        escape);
            }
        }
        List<Expr> parts = new ArrayList<>(List.of(x));
        for (Expr argument : arguments.subList(1, arguments.size())) {
            parts.add(integer(call, argument));
        }
        return Expr.call(functions.use(function) + "(" + list(parts) + ")", x.type(), parts);
    }

    private Expr regexReplace(SqlCall call, List<Expr> arguments) {
        count(call, arguments, 5, 5);
        List<Expr> parts = List.of(
                text(call, arguments, 0, 5),
                text(call, arguments, 1, 5),
                text(call, arguments, 2, 5),
                integer(call, arguments.get(3)),
                integer(call, arguments.get(4)));
        checkPattern(call, 1);
        return guarded("KDA_REGEX_REPLACE", Type.VARCHAR, parts);
    }

    // Times

    private Expr tsdiff(SqlCall call, List<Expr> arguments) {
        count(call, arguments, 2, 2);
        Expr a = arguments.get(0);
        Expr b = arguments.get(1);
        if (a.type().isInteger() && b.type().isInteger()) {
            return Expr.operation(a.operand() + " - " + b.operand(), Type.BIGINT, a, b);
        }
        return flink(call, "KDA_TSDIFF", Type.BIGINT, arguments, Type.TIMESTAMP, Type.TIMESTAMP);
    }

    private Expr parse(SqlCall call, String function, Type type, List<Expr> arguments) {
        count(call, arguments, 2, 2);
        return guarded(function, type, List.of(text(call, arguments, 0, 2), text(call, arguments, 1, 2)));
    }

    private Expr format(SqlCall call, Type type, List<Expr> arguments) {
        count(call, arguments, 2, 2);
        Expr format = text(call, arguments, 0, 2);
        Expr value = casts.cast(arguments.get(1), type, call.getParserPosition());
        return Expr.call(
                functions.use("KDA_TIMESTAMP_TO_CHAR") + "(" + list(List.of(format, value)) + ")",
                Type.VARCHAR,
                format,
                value);
    }

    // Patterns

    static Pattern checkPattern(SqlCall call, int operand) {
        String pattern = literal(call, operand);
        try {
            return Pattern.compile(pattern);
        } catch (PatternSyntaxException e) {
            throw new SqlCodeException(
                    call.operand(operand).getParserPosition(), "The pattern is not valid: " + e.getDescription());
        }
    }

    // Arguments

    private Expr flink(SqlCall call, String function, Type type, List<Expr> arguments, Type... parameters) {
        List<Expr> parts = new ArrayList<>();
        for (int i = 0; i < parameters.length; i++) {
            parts.add(
                    casts.cast(arguments.get(i), parameters[i], call.operand(i).getParserPosition()));
        }
        return Expr.call(functions.use(function) + "(" + list(parts) + ")", type, parts);
    }

    /** A function that gives NULL where it fails, and only then or where an argument is NULL. */
    private Expr guarded(String function, Type type, List<Expr> parts) {
        String text = functions.use(function) + "(" + list(parts) + ")";
        StringBuilder failure = new StringBuilder("(");
        parts.forEach(p -> failure.append(p.operand()).append(" IS NOT NULL AND "));
        return Expr.call(text, type, parts)
                .failing(failure.append(text).append(" IS NULL)").toString());
    }

    static String literal(SqlCall call, int operand) {
        if (operand < call.operandCount()
                && call.operand(operand) instanceof SqlLiteral literal
                && literal.getTypeName() == org.apache.calcite.sql.type.SqlTypeName.CHAR) {
            return literal.getValueAs(String.class);
        }
        SqlNode place = operand < call.operandCount() ? call.operand(operand) : call;
        throw new SqlCodeException(place.getParserPosition(), "A text literal is needed here");
    }

    private Expr number(SqlCall call, List<Expr> arguments, int index, int expected) {
        count(call, arguments, expected, expected);
        Expr value = arguments.get(index);
        return value.type().isNumber() ? value : casts.cast(value, Type.DOUBLE, call.getParserPosition());
    }

    private Expr integer(SqlCall call, Expr value) {
        return casts.cast(value, Type.INTEGER, call.getParserPosition());
    }

    Expr text(SqlCall call, List<Expr> arguments, int index, int expected) {
        count(call, arguments, expected, expected);
        Expr value = arguments.get(index);
        return value.type().isText() ? value : casts.cast(value, Type.VARCHAR, call.getParserPosition());
    }

    static void count(SqlCall call, List<Expr> arguments, int least, int most) {
        if (arguments.size() < least || arguments.size() > most) {
            throw arity(
                    call,
                    least == most
                            ? least + (least == 1 ? " argument" : " arguments")
                            : least + " to " + most + " arguments");
        }
    }

    private static SqlCodeException arity(SqlCall call, String needed) {
        return new SqlCodeException(call.getParserPosition(), call.getOperator().getName() + " takes " + needed);
    }

    static String list(List<Expr> parts) {
        return String.join(", ", parts.stream().map(Expr::text).toList());
    }
}
