package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.CloudWatchLoggingOptionDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.LogLevel;

/**
 * What happens to applications. What goes wrong is kept, the last hundred of each; all is written to the log of an
 * application that has a CloudWatch logging option: to the server's own log, with the ARN of the option's log stream.
 */
public final class ApplicationLog {

    private static final int KEPT = 100;
    private static final int MOST_TEXT = 4000;

    private static final Logger log = LoggerFactory.getLogger(ApplicationLog.class);
    private static final Logger streams = LoggerFactory.getLogger("io.riacho.analytics.log");

    private final JdbcClient jdbc;

    public ApplicationLog(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** Something that went wrong. */
    public record Incident(Instant at, long version, @Nullable String run, String message) {}

    /** It went on as it should. */
    void event(Application application, String message) {
        LogLevel level = level(application);
        if (level == LogLevel.INFO || level == LogLevel.DEBUG) {
            for (CloudWatchLoggingOptionDescription option :
                    application.definition().logging()) {
                streams.info("{} {} version {}: {}", stream(option), application.name(), application.version(), message);
            }
        }
    }

    void incident(Application application, @Nullable String run, Instant now, String message) {
        String text = message.length() <= MOST_TEXT ? message : message.substring(0, MOST_TEXT);
        log.warn("Application {}: {}", application.name(), text);
        for (CloudWatchLoggingOptionDescription option :
                application.definition().logging()) {
            streams.error("{} {} version {}: {}", stream(option), application.name(), application.version(), text);
        }
        jdbc.sql("insert into analytics.incident (application_id, at, version, run, message) values (?, ?, ?, ?, ?)")
                .param(application.id())
                .param(now.atOffset(ZoneOffset.UTC))
                .param(application.version())
                .param(run)
                .param(text.replace('\0', ' '))
                .update();
        jdbc.sql("""
                        delete from analytics.incident where application_id = ? and id in (
                            select id from analytics.incident where application_id = ? order by id desc offset ?)""")
                .params(application.id(), application.id(), KEPT)
                .update();
    }

    /** The newest first. */
    public List<Incident> incidents(UUID application) {
        return jdbc.sql("select * from analytics.incident where application_id = ? order by id desc")
                .param(application)
                .query((row, _) -> new Incident(
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getLong("version"),
                        row.getString("run"),
                        row.getString("message")))
                .list();
    }

    private static String stream(CloudWatchLoggingOptionDescription option) {
        return option.logStreamARN().replaceAll("\\p{Cntrl}", " ");
    }

    private static @Nullable LogLevel level(Application application) {
        var flink = application.definition().configuration().flinkApplicationConfigurationDescription();
        return flink == null || flink.monitoringConfigurationDescription() == null
                ? LogLevel.INFO
                : flink.monitoringConfigurationDescription().logLevel();
    }
}
