package io.riacho.usage.rest;

import io.riacho.usage.hours.PriceList;
import io.riacho.usage.hours.UsageQuestion;
import io.riacho.usage.hours.UsageRow;
import io.riacho.usage.hours.UsageSource;
import io.riacho.usage.meter.Meter;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** All services of the process, as if they were one. */
public final class UsageSources {

    private final List<UsageSource> sources;
    private final Map<String, Meter> meters = new LinkedHashMap<>();

    public UsageSources(List<UsageSource> sources) {
        this.sources = List.copyOf(sources);
        sources.forEach(source -> source.meters().forEach(meter -> meters.put(meter.name(), meter)));
    }

    Map<String, Meter> meters() {
        return meters;
    }

    /** Null where no service of this process has it; a former release may have. */
    @Nullable
    Meter meter(String name) {
        return meters.get(name);
    }

    void bringUpToDate() {
        sources.forEach(source -> source.upToDate().run());
    }

    /** The first rows behind the key, in order. */
    List<UsageRow> rows(UsageQuestion question, UsageRow.@Nullable Key after, int most) {
        List<UsageRow> rows = new ArrayList<>();
        sources.forEach(source -> rows.addAll(source.reader().rows(question, after, most)));
        rows.sort(Comparator.comparing(UsageRow::key));
        return rows.size() <= most ? rows : rows.subList(0, most);
    }

    Map<String, BigDecimal> totals(UsageQuestion question) {
        Map<String, BigDecimal> totals = new LinkedHashMap<>();
        sources.forEach(source -> totals.putAll(source.reader().totals(question)));
        return totals;
    }

    /** The lists of all services together; nothing where none was entered. */
    Optional<PriceList> prices() {
        return sources.stream()
                .flatMap(source -> source.prices().find().stream())
                .reduce(UsageSources::merged);
    }

    private static PriceList merged(PriceList one, PriceList other) {
        var prices = new HashMap<>(one.prices());
        prices.putAll(other.prices());
        PriceList newer = other.updatedAt().isAfter(one.updatedAt()) ? other : one;
        return new PriceList(newer.currency(), newer.note(), newer.updatedAt(), prices);
    }

    /** Gives each service its own meters' prices. */
    void put(PriceList list) {
        for (UsageSource source : sources) {
            var own = new HashMap<>(list.prices());
            own.keySet().retainAll(source.meters().stream().map(Meter::name).toList());
            source.prices().put(new PriceList(list.currency(), list.note(), list.updatedAt(), own));
        }
    }
}
