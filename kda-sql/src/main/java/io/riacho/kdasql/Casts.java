package io.riacho.kdasql;

import io.riacho.kdasql.Type.Kind;
import org.apache.calcite.sql.parser.SqlParserPos;

/** Conversions with the dialect's meaning: fractions are rounded, text is cut, and what does not fit fails the row. */
final class Casts {
    private final Functions functions;

    Casts(Functions functions) {
        this.functions = functions;
    }

    Expr cast(Expr value, Type target, SqlParserPos position) {
        Type source = value.type();
        if (source.equals(target)) {
            return value;
        }
        if (source.kind() == Kind.NULL) {
            return Expr.atom("CAST(NULL AS " + target.flink() + ")", target);
        }
        if (source.kind() == Kind.ROW || target.kind() == Kind.ROW) {
            throw impossible(source, target, position);
        }
        if (target.isText()) {
            return toText(value, target);
        }
        if (target.isInteger()) {
            return toInteger(value, target, position);
        }
        if (target.kind() == Kind.DECIMAL || target.isApproximate()) {
            return toFraction(value, target, position);
        }
        return switch (target.kind()) {
            case TIMESTAMP -> toTime(value, target, "KDA_PARSE_TIMESTAMP", position);
            case DATE -> toTime(value, target, "KDA_PARSE_DATE", position);
            case TIME -> toTime(value, target, "KDA_PARSE_TIME", position);
            case BOOLEAN -> {
                if (source.isText()) {
                    yield guarded("KDA_PARSE_BOOLEAN", value, target);
                }
                throw impossible(source, target, position);
            }
            case BINARY, VARBINARY -> {
                if (source.isBytes() || source.isText()) {
                    yield plain(value, target);
                }
                throw impossible(source, target, position);
            }
            default -> throw impossible(source, target, position);
        };
    }

    private Expr toText(Expr value, Type target) {
        if (value.type().isInterval()) {
            return cutTo(
                    Expr.call(
                            "%s(%s, 'SECOND')".formatted(functions.use("KDA_INTERVAL_TO_CHAR"), value.text()),
                            Type.VARCHAR,
                            value),
                    target);
        }
        return cutTo(value, target);
    }

    private static Expr cutTo(Expr value, Type target) {
        return plain(value, target);
    }

    private Expr toInteger(Expr value, Type target, SqlParserPos position) {
        Type source = value.type();
        if (source.isInteger()) {
            return source.kind().ordinal() < target.kind().ordinal() ? plain(value, target) : narrowed(value, target);
        }
        if (source.kind() == Kind.DECIMAL && target.kind() == Kind.BIGINT) {
            return guardedText("TRY_CAST(ROUND(" + value.text() + ", 0) AS BIGINT)", value, target);
        }
        if (source.isNumber()) {
            return rounded(value, target);
        }
        if (source.isText()) {
            return guardedText("TRY_CAST(TRIM(" + value.text() + ") AS " + target.flink() + ")", value, target);
        }
        if (source.isInterval()) {
            return rounded(Expr.operation(value.operand() + " / 1000", Type.BIGINT, value), target);
        }
        throw impossible(source, target, position);
    }

    private static Expr narrowed(Expr value, Type target) {
        long highest = switch (target.kind()) {
            case TINYINT -> Byte.MAX_VALUE;
            case SMALLINT -> Short.MAX_VALUE;
            default -> Integer.MAX_VALUE;
        };
        return plain(value, target)
                .failing("((%s NOT BETWEEN %d AND %d) IS TRUE)".formatted(value.operand(), -highest - 1, highest));
    }

    private Expr rounded(Expr value, Type target) {
        String function = functions.use("KDA_ROUND_TO_" + target.kind());
        return guardedText(function + "(CAST(" + value.text() + " AS DOUBLE))", value, target);
    }

    private Expr toFraction(Expr value, Type target, SqlParserPos position) {
        Type source = value.type();
        if (source.isText()) {
            return guardedText("TRY_CAST(TRIM(" + value.text() + ") AS " + target.flink() + ")", value, target);
        }
        if (!source.isNumber()) {
            throw impossible(source, target, position);
        }
        boolean fits = target.kind() != Kind.DECIMAL
                || (source.isInteger() || source.kind() == Kind.DECIMAL)
                        && source.widest(target).equals(target);
        return fits
                ? plain(value, target)
                : guardedText("TRY_CAST(" + value.text() + " AS " + target.flink() + ")", value, target);
    }

    private Expr toTime(Expr value, Type target, String parse, SqlParserPos position) {
        Type source = value.type();
        if (source.isText()) {
            return guarded(parse, value, target);
        }
        if (source.kind() == Kind.TIMESTAMP || source.kind() == Kind.DATE && target.kind() == Kind.TIMESTAMP) {
            return plain(value, target);
        }
        throw impossible(source, target, position);
    }

    private Expr guarded(String function, Expr value, Type target) {
        return guardedText(functions.use(function) + "(" + value.text() + ")", value, target);
    }

    private static Expr guardedText(String text, Expr value, Type target) {
        return Expr.call(text, target, value).failing("(" + value.operand() + " IS NOT NULL AND " + text + " IS NULL)");
    }

    private static Expr plain(Expr value, Type target) {
        return Expr.call("CAST(" + value.text() + " AS " + target.flink() + ")", target, value);
    }

    private static SqlCodeException impossible(Type source, Type target, SqlParserPos position) {
        return new SqlCodeException(position, "A value of type " + source + " cannot become one of type " + target);
    }
}
