package io.riacho.kdasql;

import java.util.Locale;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.parser.SqlParserUtil;

/** Reads interval literals and units. */
final class Intervals {
    private Intervals() {}

    /**
     * @param amount milliseconds, or months
     */
    record Value(long amount, boolean months) {}

    static Value of(SqlIntervalLiteral literal) {
        SqlIntervalLiteral.IntervalValue value = literal.getValueAs(SqlIntervalLiteral.IntervalValue.class);
        SqlIntervalQualifier qualifier = value.getIntervalQualifier();
        try {
            return qualifier.isYearMonth()
                    ? new Value(SqlParserUtil.intervalToMonths(value), true)
                    : new Value(SqlParserUtil.intervalToMillis(value), false);
        } catch (RuntimeException e) {
            // Calcite wraps its own errors of the literal in a plain RuntimeException.
            throw new SqlCodeException(
                    literal.getParserPosition(),
                    "'%s' is no interval of %s".formatted(value.getIntervalLiteral(), qualifier));
        }
    }

    static TimeUnitRange range(SqlNode qualifier) {
        if (qualifier instanceof SqlIntervalQualifier q && q.timeFrameName == null) {
            return q.timeUnitRange;
        }
        throw new SqlCodeException(qualifier.getParserPosition(), "The time unit " + qualifier + " is not known");
    }

    /** The unit of an interval expression: of the difference in it, or SECOND. */
    static String unit(SqlNode node) {
        if (node instanceof SqlIntervalLiteral literal) {
            return literal.getValueAs(SqlIntervalLiteral.IntervalValue.class)
                    .getIntervalQualifier()
                    .toString()
                    .toUpperCase(Locale.ROOT);
        }
        if (node instanceof SqlCall call) {
            if (call.getKind() == SqlKind.MINUS && call.operandCount() == 3) {
                return call.operand(2).toString().toUpperCase(Locale.ROOT).replaceAll("\\(.*?\\)", "");
            }
            if (call.operandCount() > 0 && call.operand(0) != null) {
                return unit(call.operand(0));
            }
        }
        return "SECOND";
    }

    static long unitMillis(String unit) {
        String last = unit.contains(" TO ") ? unit.substring(unit.indexOf(" TO ") + 4) : unit;
        return switch (last) {
            case "DAY" -> 86_400_000L;
            case "HOUR" -> 3_600_000L;
            case "MINUTE" -> 60_000L;
            default -> 1000L;
        };
    }
}
