package io.riacho.firehose.destination.redshift;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.warehouse.WarehouseFailure;
import io.riacho.firehose.destination.warehouse.WarehousePool;
import io.riacho.firehose.destination.warehouse.WarehouseUrl;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.InstantSource;

/**
 * A table of Redshift. A delivery whose {@code COPY} was done, but not told to be, is loaded again: at least once, as with AWS. When the
 * time for trying again is over, the manifest goes under {@code errors/manifests/}.
 */
final class RedshiftDestination implements Destination {

    private final WarehouseUrl warehouse;
    private final WarehousePool pool;
    private final StagedDelivery staged;
    private final CopySql copy;
    private final Duration retry;
    private final Duration timeout;
    private final InstantSource clock;

    /** @param retry from when a delivery was tried first */
    RedshiftDestination(
            WarehouseUrl warehouse,
            WarehousePool pool,
            StagedDelivery staged,
            CopySql copy,
            Duration retry,
            Duration timeout,
            InstantSource clock) {
        this.warehouse = warehouse;
        this.pool = pool;
        this.staged = staged;
        this.copy = copy;
        this.retry = retry;
        this.timeout = timeout;
        this.clock = clock;
    }

    @Override
    public Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException {
        staged.put(delivery);
        try (Connection connection = pool.connection();
                Statement statement = connection.createStatement()) {
            statement.execute("set statement_timeout to " + timeout.toMillis());
            statement.execute(copy.of(staged.manifest(delivery)));
            connection.commit();
            return Delivered.ALL;
        } catch (SQLException e) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            if (!clock.instant().isBefore(delivery.begun().plus(retry))) {
                staged.putFailedManifest(delivery);
            }
            throw WarehouseFailure.of(warehouse, e);
        }
    }

    @Override
    public void close() {
        pool.close();
    }
}
