package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.warehouse.WarehouseFailure;
import io.riacho.firehose.destination.warehouse.WarehousePool;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.firehose.destination.warehouse.WarehouseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A table of a PostgreSQL-compatible warehouse. Each delivery is in it once, however often it comes. */
final class PostgresDestination implements Destination {

    private static final Logger log = LoggerFactory.getLogger(PostgresDestination.class);
    private static final long PRUNE_EVERY = Duration.ofHours(1).toNanos();

    private final WarehouseUrl warehouse;
    private final WarehousePool pool;
    private final WarehouseProperties properties;
    private final List<String> table;
    private final List<String> columns;
    private final CopyFormat format;
    private final AtomicLong pruned = new AtomicLong(System.nanoTime());

    PostgresDestination(
            WarehouseUrl warehouse,
            WarehousePool pool,
            WarehouseProperties properties,
            List<String> table,
            List<String> columns,
            CopyFormat format) {
        this.warehouse = warehouse;
        this.pool = pool;
        this.properties = properties;
        this.table = table;
        this.columns = columns;
        this.format = format;
    }

    @Override
    public Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException {
        try (Connection connection = pool.connection()) {
            TargetTable target = TargetTable.find(connection, table, columns);
            LoadsTable loads = new LoadsTable(target.schema());
            loads.make(connection);
            Delivered delivered =
                    new PostgresLoad(connection, target, format, properties.statementTimeout()).run(delivery, loads);
            prune(connection, loads, delivery.deliveryStream());
            return delivered;
        } catch (SQLException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw WarehouseFailure.of(warehouse, e);
        }
    }

    private void prune(Connection connection, LoadsTable loads, String deliveryStream) {
        long last = pruned.get();
        long now = System.nanoTime();
        if (now - last < PRUNE_EVERY || !pruned.compareAndSet(last, now)) {
            return;
        }
        try {
            loads.prune(connection, deliveryStream, properties.loadsRetention());
        } catch (SQLException e) {
            log.warn(
                    "Old deliveries of {} stay in {}'s loads table: {}",
                    deliveryStream,
                    warehouse,
                    WarehouseFailure.text(e));
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
