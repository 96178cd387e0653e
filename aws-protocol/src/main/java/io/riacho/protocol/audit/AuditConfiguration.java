package io.riacho.protocol.audit;

import io.riacho.protocol.watch.Rounds;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The audit log in files. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(AuditProperties.class)
public class AuditConfiguration {

    private static final Duration SUMMARY_INTERVAL = Duration.ofSeconds(5);

    @Bean
    JsonAuditLog auditLog(
            AuditProperties properties,
            @Value("${riacho.data:./data}") Path dataFolder,
            ObjectProvider<InstantSource> clock) {
        Path folder = properties.folder() != null ? properties.folder() : dataFolder.resolve("audit");
        AuditFile file = new AuditFile(
                folder,
                properties.fileSize().toBytes(),
                properties.days(),
                properties.totalSize().toBytes());
        return new JsonAuditLog(
                new AuditWriter(file, properties.required()), clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    Rounds auditSummaries(JsonAuditLog log) {
        return new Rounds("audit-summaries", SUMMARY_INTERVAL, log::summarise);
    }
}
