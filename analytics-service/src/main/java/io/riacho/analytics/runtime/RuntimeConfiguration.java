package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeRules;
import io.riacho.analytics.job.JobRunner;
import io.riacho.health.HealthConfiguration;
import io.riacho.health.ProbedHealth;
import java.nio.file.Path;
import java.util.Objects;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.autoconfigure.condition.ConditionalOnExpression;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What runs jobs, wired. Nothing of Flink is loaded before a job needs it. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(FlinkProperties.class)
public class RuntimeConfiguration {

    @Bean
    CodeRules codeRules(FlinkProperties properties) {
        return properties.rules();
    }

    /** The embedded cluster is a part of this process: where it has ended, the next job starts another one. */
    @Bean
    @ConditionalOnExpression("'${riacho.analytics.flink.url:}' != ''")
    ProbedHealth flinkHealthIndicator(FlinkProperties properties) {
        return new ProbedHealth(
                "flink",
                HealthConfiguration.PATIENCE,
                new RemoteClusterProbe(Objects.requireNonNull(properties.url())));
    }

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(JobRunner.class)
    LazyJobRunner jobRunner(
            FlinkProperties properties,
            @Value("${riacho.analytics.folder:${riacho.data:./data}/analytics}") Path folder) {
        return new LazyJobRunner(() -> FlinkJobRunner.create(properties, folder));
    }
}
