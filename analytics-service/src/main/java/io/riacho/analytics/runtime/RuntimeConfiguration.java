package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeRules;
import io.riacho.analytics.job.JobRunner;
import java.nio.file.Path;
import org.springframework.beans.factory.annotation.Value;
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

    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean(JobRunner.class)
    LazyJobRunner jobRunner(
            FlinkProperties properties,
            @Value("${riacho.analytics.folder:${riacho.data:./data}/analytics}") Path folder) {
        return new LazyJobRunner(() -> FlinkJobRunner.create(properties, folder));
    }
}
