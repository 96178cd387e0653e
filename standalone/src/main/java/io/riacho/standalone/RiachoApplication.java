package io.riacho.standalone;

import io.riacho.analytics.AnalyticsConfiguration;
import io.riacho.auth.AuthConfiguration;
import io.riacho.console.ConsoleConfiguration;
import io.riacho.firehose.FirehoseConfiguration;
import io.riacho.metrics.MetricsConfiguration;
import io.riacho.protocol.server.UncaughtErrors;
import io.riacho.streams.StreamsConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/** Runs all services of Riacho in one process, on port 4566. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    OwnS3Configuration.class,
    EmbeddedPostgresConfiguration.class,
    AuthConfiguration.class,
    StreamsConfiguration.class,
    FirehoseConfiguration.class,
    AnalyticsConfiguration.class,
    MetricsConfiguration.class,
    ConsoleConfiguration.class
})
public class RiachoApplication {

    /** @param args {@code backup TO} or {@code restore FROM}, or properties of the server */
    public static void main(String[] args) {
        if (BackupCommand.isNamedBy(args)) {
            System.exit(new BackupCommand(System.out, System.err).run(args));
        }
        UncaughtErrors.endTheProcess();
        System.setProperty("spring.config.name", "standalone");
        SpringApplication.run(RiachoApplication.class, args);
    }
}
