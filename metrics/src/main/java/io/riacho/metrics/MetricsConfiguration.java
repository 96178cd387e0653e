package io.riacho.metrics;

import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.riacho.metrics.cloudwatch.CloudWatchAccess;
import io.riacho.metrics.cloudwatch.DataOperations;
import io.riacho.metrics.cloudwatch.ListOperations;
import io.riacho.metrics.cloudwatch.PutOperations;
import io.riacho.metrics.cloudwatch.StatisticsOperations;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.scrape.ScrapeFilter;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.protocol.server.RequestAuthentication;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;

/**
 * CloudWatch's metrics, wired: what applications put, and what services count. May be imported by several services of one
 * process, which then share it. Needs {@link io.riacho.protocol.server.AwsProtocolConfiguration}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(MetricsProperties.class)
public class MetricsConfiguration {

    private static final int SCRAPE_ORDER = 1000;

    @Bean
    MetricHistory metricHistory(
            MetricsProperties properties, MeterRegistry registry, ObjectProvider<InstantSource> clock) {
        InstantSource time = clock.getIfAvailable(InstantSource::system);
        MetricHistory history = new MetricHistory(properties.settings(), time, new SeriesMeters(registry, time));
        Gauge.builder("riacho.metrics.series", history, MetricHistory::seriesCount)
                .description("How many metrics the history holds")
                .register(registry);
        Gauge.builder("riacho.metrics.history.bytes", history, MetricHistory::bytes)
                .description("What the history of metrics takes in memory, about")
                .register(registry);
        FunctionCounter.builder("riacho.metrics.history.shortened", history, MetricHistory::shortened)
                .description("How often the history was made shorter because it took too much memory")
                .register(registry);
        FunctionCounter.builder("riacho.metrics.dropped", history, MetricHistory::dropped)
                .description("How often values of the server's own were not kept, because there are too many metrics")
                .register(registry);
        return history;
    }

    @Bean
    MetricsSchedule metricsSchedule(MetricHistory history) {
        return new MetricsSchedule(history);
    }

    @Bean
    FilterRegistrationBean<ScrapeFilter> scrapeFilter(
            RequestAuthentication authentication,
            MetricsProperties properties,
            @Value("${management.endpoints.web.base-path:/actuator}") String basePath) {
        var registration = new FilterRegistrationBean<>(
                new ScrapeFilter(authentication, basePath, properties.scrape().openOnLoopback()));
        registration.addUrlPatterns(basePath + "/*");
        registration.setOrder(Ordered.HIGHEST_PRECEDENCE + SCRAPE_ORDER);
        return registration;
    }

    @Bean
    AwsApi cloudWatch(
            MetricHistory history,
            MetricsProperties properties,
            ProtocolProperties protocol,
            ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        return AwsApi.of(
                "monitoring",
                new CloudWatchAccess(),
                new PutOperations(history, properties.maxSeries(), clock),
                new DataOperations(history, protocol.accountId()),
                new StatisticsOperations(history),
                new ListOperations(history, protocol.accountId(), clock));
    }
}
