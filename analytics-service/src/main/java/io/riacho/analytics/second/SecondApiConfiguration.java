package io.riacho.analytics.second;

import io.riacho.analytics.application.ApplicationAccess;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.discovery.Discovery;
import io.riacho.analytics.run.Starts;
import io.riacho.analytics.snapshot.SnapshotStore;
import io.riacho.protocol.AwsApi;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The API of 2018, wired. */
@Configuration(proxyBeanMethods = false)
public class SecondApiConfiguration {

    @Bean
    AwsApi kinesisAnalyticsV2(
            ApplicationAccess access,
            Applications applications,
            Starts starts,
            SnapshotStore snapshots,
            Discovery discovery) {
        return AwsApi.of(
                "kinesisanalyticsv2",
                access,
                new ApplicationOperations(applications, starts),
                new SourceOperations(applications),
                new LoggingOperations(applications),
                new SnapshotOperations(applications, snapshots),
                new HistoryOperations(applications),
                new TagOperations(applications),
                new RefusedOperations(applications),
                new DiscoveryOperations(discovery));
    }
}
