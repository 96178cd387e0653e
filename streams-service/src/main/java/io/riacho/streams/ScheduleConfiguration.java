package io.riacho.streams;

import io.micrometer.core.instrument.MeterRegistry;
import io.riacho.log.ShardLog;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.streams.consumer.Consumer;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.fanout.Subscriptions;
import io.riacho.streams.monitoring.StreamMonitor;
import io.riacho.streams.ondemand.OnDemandScaler;
import io.riacho.streams.ondemand.PeakStore;
import io.riacho.streams.retention.RetentionSweep;
import io.riacho.streams.stream.Streams;
import java.time.Duration;
import java.time.InstantSource;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What is done to streams again and again, wired. */
@Configuration(proxyBeanMethods = false)
class ScheduleConfiguration {

    private static final Duration TIDY_INTERVAL = Duration.ofMinutes(1);

    @Bean
    StreamsSchedule monitoringSchedule(
            Streams streams,
            ConsumerCatalog consumers,
            MetricHistory history,
            MeterRegistry registry,
            StreamsProperties properties,
            ObjectProvider<InstantSource> clocks) {
        StreamsSchedule schedule = new StreamsSchedule("streams-monitoring");
        StreamMonitor monitor = new StreamMonitor(
                streams.catalog(),
                stream -> consumers.of(stream).stream().map(Consumer::name).collect(Collectors.toSet()),
                history,
                registry,
                clocks.getIfAvailable(InstantSource::system),
                schedule);
        return schedule.every(properties.monitoringInterval(), monitor);
    }

    @Bean
    StreamsSchedule streamsSchedule(
            Streams streams,
            ShardLog shardLog,
            StreamsProperties properties,
            DataSource dataSource,
            Subscriptions fanOut,
            ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        PeakStore peaks = new PeakStore(JdbcClient.create(dataSource));
        return new StreamsSchedule("streams-schedule")
                .every(properties.retentionInterval(), new RetentionSweep(streams.catalog(), shardLog, clock))
                .every(TIDY_INTERVAL, fanOut::tidy)
                .every(
                        properties.onDemandInterval(),
                        new OnDemandScaler(streams.catalog(), streams.lifecycle(), peaks, clock));
    }
}
