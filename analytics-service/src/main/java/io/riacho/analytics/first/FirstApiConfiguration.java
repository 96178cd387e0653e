package io.riacho.analytics.first;

import io.riacho.analytics.application.ApplicationAccess;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.discovery.Discovery;
import io.riacho.analytics.run.Starts;
import io.riacho.protocol.AwsApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of 2015, wired. */
@Configuration(proxyBeanMethods = false)
public class FirstApiConfiguration {

    @Bean
    AwsApi kinesisAnalytics(ApplicationAccess access, Applications applications, Starts starts, Discovery discovery) {
        return AwsApi.of(
                "kinesisanalytics",
                access,
                new ApplicationOperations(applications, starts),
                new PartOperations(applications),
                new TagOperations(applications),
                new DiscoveryOperations(discovery));
    }
}
