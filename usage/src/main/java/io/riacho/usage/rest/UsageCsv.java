package io.riacho.usage.rest;

import io.riacho.usage.rest.UsageViews.RowView;
import java.math.BigDecimal;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Rows as RFC 4180 has them. */
final class UsageCsv {

    static final String HEADER = "period,kind,resource,resourceId,principal,meter,unit,amount,cost,currency\r\n";

    private UsageCsv() {}

    static String line(RowView row, @Nullable String currency) {
        return Stream.of(
                                row.period().toString(),
                                text(row.kind()),
                                text(row.resource()),
                                text(row.resourceId()),
                                text(row.principal()),
                                row.meter(),
                                text(row.unit()),
                                row.amount().toPlainString(),
                                number(row.cost()),
                                row.cost() == null ? "" : text(currency))
                        .map(UsageCsv::quoted)
                        .collect(Collectors.joining(","))
                + "\r\n";
    }

    private static String text(@Nullable String value) {
        return value == null ? "" : value;
    }

    private static String number(@Nullable BigDecimal value) {
        return value == null ? "" : value.toPlainString();
    }

    private static String quoted(String value) {
        boolean isPlain = value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return isPlain ? value : '"' + value.replace("\"", "\"\"") + '"';
    }
}
