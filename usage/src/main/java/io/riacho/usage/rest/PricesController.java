package io.riacho.usage.rest;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.RestBody;
import io.riacho.usage.hours.PriceList;
import io.riacho.usage.rest.UsageViews.MeterView;
import io.riacho.usage.rest.UsageViews.PricesView;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What is metered, and the prices that were entered for it. There are none before somebody enters them. */
@RestController
@RequestMapping(path = "/v1/usage/prices", produces = MediaType.APPLICATION_JSON_VALUE)
public final class PricesController {

    private final UsageSources sources;
    private final UsageAccess access;
    private final InstantSource clock;

    public PricesController(UsageSources sources, UsageAccess access, InstantSource clock) {
        this.sources = sources;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping
    PricesView get(RequestContext context) {
        access.requireGet(context);
        return view(sources.prices().orElse(null));
    }

    @PutMapping
    PricesView put(RequestContext context, RestBody body) {
        access.requirePutPrices(context);
        PriceList list =
                PriceForm.read(body).list(sources.meters(), clock.instant().truncatedTo(ChronoUnit.MILLIS));
        sources.put(list);
        return view(list);
    }

    private PricesView view(@Nullable PriceList list) {
        return new PricesView(
                list == null ? null : list.currency(),
                list == null ? null : list.note(),
                list == null ? null : list.updatedAt(),
                sources.meters().values().stream()
                        .map(meter -> MeterView.of(
                                meter, list == null ? null : list.prices().get(meter.name())))
                        .toList());
    }
}
