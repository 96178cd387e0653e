package io.riacho.firehose.source;

import java.util.UUID;
import org.springframework.jdbc.core.simple.JdbcClient;

/** What each delivery stream read first. Safe for use by many threads. */
public final class SourceIdentities {

    private final JdbcClient jdbc;

    public SourceIdentities(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * The identity of what the delivery stream read first.
     *
     * @param now of what it reads, which is remembered where it is the first
     */
    public String first(UUID deliveryStream, String now) {
        return jdbc.sql("update firehose.delivery_stream set source_identity = coalesce(source_identity, :now)"
                        + " where id = :id returning source_identity")
                .param("now", now)
                .param("id", deliveryStream)
                .query((row, _) -> row.getString("source_identity"))
                .optional()
                .orElse(now);
    }
}
