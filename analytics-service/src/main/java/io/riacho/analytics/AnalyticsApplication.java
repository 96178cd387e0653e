package io.riacho.analytics;

import io.riacho.analytics.runtime.RuntimeConfiguration;
import io.riacho.protocol.authority.AuthorityConfiguration;
import io.riacho.protocol.server.UncaughtErrors;
import io.riacho.protocol.signature.RootCredentialsConfiguration;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.annotation.Import;

/**
 * Runs Analytics alone, on port 4569, with the PostgreSQL that {@code SPRING_DATASOURCE_URL} names, the Kinesis at
 * {@code riacho.analytics.kinesis}, and the identities of the auth-service at {@code riacho.authority.url}; without that, with the
 * root's access key alone.
 */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
@Import({
    AuthorityConfiguration.class,
    AnalyticsConfiguration.class,
    RuntimeConfiguration.class,
    RootCredentialsConfiguration.class
})
public class AnalyticsApplication {

    public static void main(String[] args) {
        UncaughtErrors.endTheProcess();
        SpringApplication application = new SpringApplication(AnalyticsApplication.class);
        System.setProperty("spring.config.name", "analytics-service");
        application.run(args);
    }
}
