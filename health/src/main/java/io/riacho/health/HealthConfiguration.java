package io.riacho.health;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What all services have to be ready. Needs a {@link DataSource}. May be imported by several services of one process. */
@Configuration(proxyBeanMethods = false)
public class HealthConfiguration {

    /** What a prober waits for an answer of any part. */
    public static final Duration PATIENCE = Duration.ofSeconds(2);

    @Bean
    ProbedHealth databaseHealthIndicator(DataSource dataSource) {
        return new ProbedHealth("database", PATIENCE, new DatabaseProbe(dataSource));
    }

    /** What probers are told, for who watches over time. */
    @Bean
    MeterBinder healthMeters(ObjectProvider<ProbedHealth> parts) {
        return registry -> parts.orderedStream()
                .forEach(part -> Gauge.builder("riacho.health", part, ProbedHealth::lastKnown)
                        .description("1 where a part of the service works, 0 where it does not")
                        .tag("part", part.part())
                        .register(registry));
    }
}
