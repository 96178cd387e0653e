package io.riacho.firehose.destination.warehouse;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How Riacho deals with Redshift and PostgreSQL-compatible warehouses.
 *
 * @param connections of one delivery stream, at most; at least 1
 * @param connectTimeout to get a connection, at least 1 s
 * @param statementTimeout of each statement, and of a delivery as a whole where its bad records are looked for; at least 1 s
 * @param loadsRetention how long the loads table knows a delivery; longer than a delivery may stay undone while Riacho is off
 */
@ConfigurationProperties("riacho.firehose.warehouse")
public record WarehouseProperties(
        @DefaultValue("4") int connections,
        @DefaultValue("10s") Duration connectTimeout,
        @DefaultValue("5m") Duration statementTimeout,
        @DefaultValue("30d") Duration loadsRetention) {

    private static final Duration SECOND = Duration.ofSeconds(1);

    public static final WarehouseProperties DEFAULTS =
            new WarehouseProperties(4, Duration.ofSeconds(10), Duration.ofMinutes(5), Duration.ofDays(30));

    public WarehouseProperties {
        if (connections < 1
                || connectTimeout.compareTo(SECOND) < 0
                || statementTimeout.compareTo(SECOND) < 0
                || loadsRetention.compareTo(SECOND) < 0) {
            throw new IllegalArgumentException(
                    "riacho.firehose.warehouse: connections has to be at least 1, a time 1 s");
        }
    }
}
