package io.riacho.usage.rest;

import io.riacho.protocol.RequestContext;
import io.riacho.usage.hours.PriceList;
import io.riacho.usage.hours.UsageQuestion;
import io.riacho.usage.hours.UsageRow;
import io.riacho.usage.rest.UsageViews.RowView;
import io.riacho.usage.rest.UsageViews.TotalView;
import io.riacho.usage.rest.UsageViews.UsageView;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.Writer;
import java.time.InstantSource;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What was used, by whom, hour by hour; and what that would cost by the prices that were entered. */
@RestController
@RequestMapping("/v1/usage")
public final class UsageController {

    private final UsageSources sources;
    private final UsageAccess access;
    private final InstantSource clock;

    public UsageController(UsageSources sources, UsageAccess access, InstantSource clock) {
        this.sources = sources;
        this.access = access;
        this.clock = clock;
    }

    @GetMapping
    @Nullable
    ResponseEntity<UsageView> usage(
            UsageParameters parameters,
            @RequestHeader(name = HttpHeaders.ACCEPT, required = false) @Nullable String accepted,
            RequestContext context,
            HttpServletResponse response)
            throws IOException {
        access.requireGet(context);
        UsageQuestion question = parameters.question(clock.instant());
        UsageRow.Key after = RowToken.parse(parameters.nextToken());
        int most = parameters.most();
        boolean isCsv = parameters.isCsv(accepted);
        sources.bringUpToDate();
        PriceList prices = sources.prices().orElse(null);
        if (isCsv) {
            response.setContentType("text/csv;charset=UTF-8");
            writeCsv(question, prices, response.getWriter());
            return null;
        }
        List<UsageRow> found = sources.rows(question, after, most + 1);
        List<UsageRow> rows = found.subList(0, Math.min(most, found.size()));
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_JSON)
                .body(new UsageView(
                        question.from(),
                        question.to(),
                        question.granularity().word(),
                        parameters.groupsInOrder(),
                        prices == null ? null : prices.currency(),
                        rows.stream().map(row -> view(row, prices)).toList(),
                        sources.totals(question).entrySet().stream()
                                .map(total -> TotalView.of(
                                        total.getKey(), total.getValue(), sources.meter(total.getKey()), prices))
                                .toList(),
                        found.size() > most ? RowToken.of(rows.getLast().key()) : null));
    }

    private RowView view(UsageRow row, @Nullable PriceList prices) {
        return RowView.of(row, sources.meter(row.key().meter()), prices);
    }

    private void writeCsv(UsageQuestion question, @Nullable PriceList prices, Writer out) throws IOException {
        out.write(UsageCsv.HEADER);
        UsageRow.Key after = null;
        List<UsageRow> rows;
        do {
            rows = sources.rows(question, after, UsageParameters.MOST_ROWS);
            for (UsageRow row : rows) {
                out.write(UsageCsv.line(view(row, prices), prices == null ? null : prices.currency()));
                after = row.key();
            }
        } while (rows.size() == UsageParameters.MOST_ROWS);
        out.flush();
    }
}
