package io.riacho.usage;

import io.riacho.protocol.rest.RestApi;
import io.riacho.protocol.server.ProtocolProperties;
import io.riacho.usage.hours.UsageSource;
import io.riacho.usage.rest.PricesController;
import io.riacho.usage.rest.UsageAccess;
import io.riacho.usage.rest.UsageController;
import io.riacho.usage.rest.UsageSources;
import java.time.InstantSource;
import java.util.List;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The REST API of usage, wired: it answers for all services of the process that declare a {@link UsageSource}. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(UsageProperties.class)
public class UsageConfiguration {

    private static final String STREAMS = "kinesis";

    @Bean
    UsageSources usageSources(List<UsageSource> sources) {
        return new UsageSources(sources);
    }

    @Bean
    RestApi usageRestApi(List<UsageSource> sources) {
        String service = sources.stream()
                .map(UsageSource::service)
                .filter(STREAMS::equals)
                .findFirst()
                .orElseGet(() -> sources.getFirst().service());
        return RestApi.of(service, "/v1/usage");
    }

    @Bean
    UsageAccess usageAccess(ProtocolProperties protocol) {
        return new UsageAccess(protocol.region(), protocol.accountId());
    }

    @Bean
    UsageController usageController(
            UsageSources usageSources, UsageAccess usageAccess, ObjectProvider<InstantSource> clocks) {
        return new UsageController(usageSources, usageAccess, clocks.getIfAvailable(InstantSource::system));
    }

    @Bean
    PricesController pricesController(
            UsageSources usageSources, UsageAccess usageAccess, ObjectProvider<InstantSource> clocks) {
        return new PricesController(usageSources, usageAccess, clocks.getIfAvailable(InstantSource::system));
    }
}
