package io.riacho.usage.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.riacho.usage.hours.Price;
import io.riacho.usage.hours.PriceList;
import io.riacho.usage.hours.Subject;
import io.riacho.usage.hours.UsageRow;
import io.riacho.usage.meter.Meter;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is answered, in the form of its JSON. */
final class UsageViews {

    private UsageViews() {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record UsageView(
            Instant from,
            Instant to,
            String granularity,
            List<String> group,
            @Nullable String currency,
            List<RowView> rows,
            List<TotalView> totals,
            @Nullable String nextToken) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record RowView(
            Instant period,
            @Nullable String kind,
            @Nullable String resource,
            @Nullable String resourceId,
            @Nullable String principal,
            String meter,
            @Nullable String unit,
            BigDecimal amount,
            @Nullable BigDecimal cost) {

        static RowView of(UsageRow row, @Nullable Meter meter, @Nullable PriceList prices) {
            UsageRow.Key key = row.key();
            BigDecimal amount = units(row.amount(), meter);
            return new RowView(
                    key.period(),
                    present(key.kind()),
                    present(key.resource()),
                    present(key.resourceId()),
                    present(key.principal()),
                    key.meter(),
                    meter == null ? null : meter.unit(),
                    plain(amount),
                    costOf(amount, key.meter(), prices));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record TotalView(
            String meter,
            @Nullable String unit,
            BigDecimal amount,
            @Nullable BigDecimal cost) {

        static TotalView of(String name, BigDecimal stored, @Nullable Meter meter, @Nullable PriceList prices) {
            BigDecimal amount = units(stored, meter);
            return new TotalView(
                    name, meter == null ? null : meter.unit(), plain(amount), costOf(amount, name, prices));
        }
    }

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record PricesView(
            @Nullable String currency,
            @Nullable String note,
            @Nullable Instant updatedAt,
            List<MeterView> meters) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record MeterView(
            String meter,
            String kind,
            String unit,
            String description,
            long usualPer,
            @Nullable BigDecimal price,
            @Nullable BigDecimal per) {

        static MeterView of(Meter meter, @Nullable Price price) {
            return new MeterView(
                    meter.name(),
                    meter.kind(),
                    meter.unit(),
                    meter.description(),
                    meter.usualPer(),
                    price == null ? null : plain(price.price()),
                    price == null ? null : plain(price.per()));
        }
    }

    private static BigDecimal units(BigDecimal stored, @Nullable Meter meter) {
        return meter == null ? stored : meter.amount(stored);
    }

    private static @Nullable BigDecimal costOf(BigDecimal amount, String meter, @Nullable PriceList prices) {
        Price price = prices == null ? null : prices.prices().get(meter);
        return price == null ? null : plain(price.cost(amount));
    }

    private static @Nullable String present(String value) {
        return value.equals(Subject.NOBODY) ? null : value;
    }

    /** Without an exponent where it is a whole number. */
    private static BigDecimal plain(BigDecimal value) {
        return value.scale() < 0 ? value.setScale(0) : value;
    }
}
