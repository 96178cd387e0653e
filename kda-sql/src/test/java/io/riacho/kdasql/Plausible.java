package io.riacho.kdasql;

import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What the values of a column can be at all; null where nothing is known. */
sealed interface Plausible {
    /** Numbers between these, or times in milliseconds since 1970. */
    record Between(double least, double greatest) implements Plausible {}

    /** These texts, or their beginnings. */
    record OneOf(Set<String> texts) implements Plausible {}

    /** What given values span. */
    static @Nullable Plausible of(Collection<?> values) {
        Plausible all = null;
        for (Object value : values) {
            Plausible one = of(value);
            if (one == null) {
                return null;
            }
            all = all == null ? one : either(all, one);
        }
        return all;
    }

    private static @Nullable Plausible of(Object value) {
        return switch (value) {
            case Number number -> new Between(number.doubleValue(), number.doubleValue());
            case String text -> new OneOf(Set.of(text));
            default -> null;
        };
    }

    static Between number(double value) {
        return new Between(value, value);
    }

    static @Nullable Plausible either(@Nullable Plausible a, @Nullable Plausible b) {
        return switch (a) {
            case Between x
            when b instanceof Between y -> new Between(Math.min(x.least, y.least), Math.max(x.greatest, y.greatest));
            case OneOf x
            when b instanceof OneOf y -> {
                Set<String> all = new TreeSet<>(x.texts);
                all.addAll(y.texts);
                yield new OneOf(all);
            }
            case null, default -> null;
        };
    }

    /** What is known of the results of an operator of numbers. */
    static @Nullable Plausible of(String operator, @Nullable Plausible a, @Nullable Plausible b) {
        if (!(a instanceof Between x && b instanceof Between y)) {
            return null;
        }
        List<Double> corners = new ArrayList<>();
        for (double p : new double[] {x.least, x.greatest}) {
            for (double q : new double[] {y.least, y.greatest}) {
                corners.add(
                        switch (operator) {
                            case "+" -> p + q;
                            case "-" -> p - q;
                            default -> p * q;
                        });
            }
        }
        return of(corners);
    }

    /** Whether the value can be one of the column's; a column of whole numbers rounds. */
    static boolean allows(@Nullable Plausible plausible, Object value) {
        return switch (plausible) {
            case Between range -> {
                Double number = number(value);
                double tolerance = 0.51 + 1e-3 * (Math.abs(range.least) + Math.abs(range.greatest));
                if (value instanceof LocalDateTime) {
                    tolerance = 1;
                }
                yield number == null || range.least - tolerance <= number && number <= range.greatest + tolerance;
            }
            case OneOf set ->
                !(value instanceof String text) || set.texts.stream().anyMatch(t -> t.startsWith(text));
            case null -> true;
        };
    }

    private static @Nullable Double number(Object value) {
        return switch (value) {
            case BigDecimal decimal -> decimal.doubleValue();
            case Number number -> number.doubleValue();
            case LocalDateTime time -> (double) time.toInstant(ZoneOffset.UTC).toEpochMilli();
            default -> null;
        };
    }
}
