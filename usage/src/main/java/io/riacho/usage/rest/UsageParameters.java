package io.riacho.usage.rest;

import io.riacho.usage.hours.Granularity;
import io.riacho.usage.hours.UsageQuestion;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The query of a request, as it came.
 *
 * @param group separated by commas
 * @param format {@code json} or {@code csv}
 */
record UsageParameters(
        @Nullable String from,
        @Nullable String to,
        @Nullable String granularity,
        @Nullable String group,
        @Nullable String kind,
        @Nullable String resource,
        @Nullable String principal,
        @Nullable String meter,
        @Nullable String limit,
        @Nullable String nextToken,
        @Nullable String format) {

    static final int MOST_ROWS = 1_000;

    private static final String KIND = "kind";
    private static final String RESOURCE = "resource";
    private static final String PRINCIPAL = "principal";
    private static final String METER = "meter";
    private static final Set<String> GROUPS = Set.of(KIND, RESOURCE, PRINCIPAL, METER);
    private static final String USUAL_GROUP = "resource,principal,meter";

    UsageQuestion question(Instant now) {
        Granularity by = by();
        UsagePeriod period = UsagePeriod.of(from, to, by, now);
        Set<String> groups = groups();
        return new UsageQuestion(
                period.from(),
                period.to(),
                by,
                groups.contains(KIND),
                groups.contains(RESOURCE),
                groups.contains(PRINCIPAL),
                text(KIND, kind),
                text(RESOURCE, resource),
                text(PRINCIPAL, principal),
                text(METER, meter));
    }

    private static @Nullable String text(String name, @Nullable String value) {
        if (value != null && value.indexOf('\0') >= 0) {
            throw UsageErrors.invalid("'" + name + "' is not valid.");
        }
        return value;
    }

    private Granularity by() {
        if (granularity == null) {
            return Granularity.HOUR;
        }
        for (Granularity each : Granularity.values()) {
            if (each.word().equals(granularity)) {
                return each;
            }
        }
        throw UsageErrors.invalid("'granularity' has to be hour, day or month.");
    }

    private Set<String> groups() {
        Set<String> groups = new TreeSet<>(List.of((group == null ? USUAL_GROUP : group).split(",", -1)));
        if (!GROUPS.containsAll(groups)) {
            throw UsageErrors.invalid("'group' takes kind, resource, principal and meter, separated by commas.");
        }
        groups.add(METER);
        if (groups.contains(RESOURCE)) {
            groups.add(KIND);
        }
        return groups;
    }

    /** In the order of rows' keys. */
    List<String> groupsInOrder() {
        Set<String> groups = groups();
        return List.of(KIND, RESOURCE, PRINCIPAL, METER).stream()
                .filter(groups::contains)
                .toList();
    }

    int most() {
        if (limit == null) {
            return MOST_ROWS;
        }
        try {
            int most = Integer.parseInt(limit);
            if (most >= 1 && most <= MOST_ROWS) {
                return most;
            }
        } catch (NumberFormatException e) {
            throw badLimit();
        }
        throw badLimit();
    }

    private static RuntimeException badLimit() {
        return UsageErrors.invalid("'limit' has to be a number from 1 to " + MOST_ROWS + ".");
    }

    /** @param accepted what the client says that it takes */
    boolean isCsv(@Nullable String accepted) {
        if (format == null) {
            return accepted != null && accepted.toLowerCase(Locale.ROOT).startsWith("text/csv");
        }
        return switch (format) {
            case "csv" -> true;
            case "json" -> false;
            default -> throw UsageErrors.invalid("'format' has to be json or csv.");
        };
    }
}
