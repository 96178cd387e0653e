package io.riacho.firehose.destination.warehouse;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;

/** A few connections to a warehouse, made when they are needed and closed when they are idle. */
public final class WarehousePool implements AutoCloseable {

    /** One for all pools: a delivery stream that waits costs no thread. */
    private static final ScheduledThreadPoolExecutor HOUSEKEEPER = housekeeper();

    private final HikariDataSource pool;

    public WarehousePool(String name, DataSource driver, WarehouseProperties properties) {
        HikariConfig config = new HikariConfig();
        config.setPoolName("warehouse of " + name);
        config.setDataSource(driver);
        config.setMaximumPoolSize(properties.connections());
        config.setMinimumIdle(0);
        config.setIdleTimeout(TimeUnit.MINUTES.toMillis(1));
        config.setConnectionTimeout(properties.connectTimeout().toMillis());
        config.setValidationTimeout(Math.min(properties.connectTimeout().toMillis(), 5000));
        config.setInitializationFailTimeout(-1);
        config.setAutoCommit(false);
        config.setScheduledExecutor(HOUSEKEEPER);
        config.setThreadFactory(
                Thread.ofVirtual().name("warehouse-connections-", 0).factory());
        this.pool = new HikariDataSource(config);
    }

    private static ScheduledThreadPoolExecutor housekeeper() {
        ScheduledThreadPoolExecutor executor = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("warehouse-housekeeper").factory());
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    /** A connection in a transaction. Closing it gives it back, and takes back what was not committed. */
    public Connection connection() throws SQLException {
        return pool.getConnection();
    }

    @Override
    public void close() {
        pool.close();
    }
}
