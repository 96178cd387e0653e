package io.riacho.streams;

import io.riacho.health.HealthConfiguration;
import io.riacho.health.ProbedHealth;
import io.riacho.log.EmbeddedShardLog;
import io.riacho.log.LogSettings;
import io.riacho.streams.backup.RestoredLog;
import io.riacho.streams.encryption.StreamKeys;
import java.nio.file.Path;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.flywaydb.core.Flyway;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The log of all shards, its health and its meters, wired. */
@Configuration(proxyBeanMethods = false)
class LogConfiguration {

    @Bean
    EmbeddedShardLog shardLog(
            StreamsProperties properties,
            DataSource dataSource,
            Flyway streamsMigration,
            StreamKeys streamKeys,
            ObjectProvider<InstantSource> clock) {
        Installation.check(properties.folder(), JdbcClient.create(dataSource));
        StreamsProperties.Log log = properties.log();
        EmbeddedShardLog shardLog = EmbeddedShardLog.open(LogSettings.in(logFolder(properties))
                .clock(clock.getIfAvailable(InstantSource::system))
                .durability(log.durability())
                .journalFileBytes(Math.toIntExact(log.journalFileSize().toBytes()))
                .journalFiles(log.journalFiles())
                .segmentBytes(Math.toIntExact(log.segmentSize().toBytes()))
                .segmentAge(log.segmentAge())
                .openingKeys(streamKeys)
                .build());
        try {
            RestoredLog.setRight(properties.folder(), shardLog, dataSource);
        } catch (RuntimeException e) {
            shardLog.close();
            throw e;
        }
        return shardLog;
    }

    @Bean
    ProbedHealth logHealthIndicator(EmbeddedShardLog shardLog, StreamsProperties properties) {
        return new ProbedHealth("log", HealthConfiguration.PATIENCE, new LogProbe(shardLog, logFolder(properties)));
    }

    @Bean
    LogMeters logMeters(EmbeddedShardLog shardLog, StreamsProperties properties) {
        return new LogMeters(shardLog, logFolder(properties));
    }

    private static Path logFolder(StreamsProperties properties) {
        return properties.folder().resolve("log");
    }
}
