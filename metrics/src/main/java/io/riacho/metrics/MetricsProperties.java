package io.riacho.metrics;

import io.riacho.metrics.history.HistorySettings;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * What is kept of metrics.
 *
 * @param maxSeries how many different metrics applications may put, where each unit of one counts
 * @param maxOwnSeries how many metrics of the server's own are kept beside them
 */
@ConfigurationProperties("riacho.metrics")
public record MetricsProperties(
        @DefaultValue("10000") int maxSeries,
        @DefaultValue("50000") int maxOwnSeries,
        @DefaultValue History history,
        @DefaultValue Scrape scrape) {

    /**
     * @param seconds how long values of high resolution are kept second by second
     * @param minutes how long values are kept minute by minute
     * @param fiveMinutes how long they are kept by five minutes, after that
     * @param memory what all of them may take
     */
    public record History(
            @DefaultValue("30m") Duration seconds,
            @DefaultValue("3h") Duration minutes,
            @DefaultValue("3h") Duration fiveMinutes,
            @DefaultValue("64MB") DataSize memory) {}

    /** @param openOnLoopback whether Prometheus needs no credentials where it runs on this machine */
    public record Scrape(@DefaultValue("false") boolean openOnLoopback) {}

    HistorySettings settings() {
        return new HistorySettings(
                history.seconds(),
                history.minutes(),
                history.fiveMinutes(),
                maxSeries,
                maxOwnSeries,
                history.memory().toBytes());
    }
}
