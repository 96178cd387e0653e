package io.riacho.firehose.destination.iceberg;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.Rejection;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.apache.iceberg.exceptions.ForbiddenException;
import org.apache.iceberg.exceptions.NoSuchNamespaceException;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.jdbc.UncheckedSQLException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.core.exception.SdkException;

/** Tables of a catalog. The catalog is opened by the first delivery. */
final class IcebergDestination implements Destination {

    /** Opens a catalog, which connects to it. */
    interface Opening {
        Catalog open() throws SQLException;
    }

    private final Opening opening;
    private final Routes routes;
    private final ReentrantLock lock = new ReentrantLock();
    private @Nullable Catalog catalog;
    private boolean closed;

    IcebergDestination(Opening opening, Routes routes) {
        this.opening = opening;
        this.routes = routes;
    }

    @Override
    public Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException {
        TableIdentifier table;
        try {
            table = routes.table(delivery.partition());
        } catch (UnfitRecord e) {
            return new Delivered(
                    delivery.records().stream()
                            .map(record -> new Rejection(record, e.code(), e.getMessage()))
                            .toList(),
                    List.of());
        }
        try {
            return new TableAppend(catalog().loadTable(table), delivery).run();
        } catch (IOException | SQLException | RuntimeException e) {
            if (Thread.interrupted() || isInterrupt(e)) {
                throw new InterruptedException();
            }
            throw failure(table, e);
        }
    }

    private Catalog catalog() throws SQLException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (closed) {
                throw new IllegalStateException("The destination is closed");
            }
            if (catalog == null) {
                catalog = opening.open();
            }
            return catalog;
        } finally {
            lock.unlock();
        }
    }

    private static boolean isInterrupt(Throwable thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof InterruptedException || cause instanceof AbortedException) {
                return true;
            }
        }
        return false;
    }

    private static DeliveryException failure(TableIdentifier table, Exception e) {
        return switch (e) {
            case NoSuchTableException none -> missing(table);
            case NoSuchNamespaceException none -> missing(table);
            case CommitFailedException lost ->
                retryable("Iceberg.CommitFailed", "Others changed " + table + " at the same time, again and again");
            case CommitStateUnknownException unknown ->
                retryable(
                        "Iceberg.CommitStateUnknown",
                        "It is not known whether " + table + " has the delivery; it is looked up next time");
            case NotAuthorizedException refused ->
                retryable("Iceberg.AccessDenied", "The catalog does not know Riacho");
            case ForbiddenException refused ->
                retryable("Iceberg.AccessDenied", "The catalog does not let Riacho use " + table);
            default -> cause(table, e);
        };
    }

    private static DeliveryException missing(TableIdentifier table) {
        return retryable("Iceberg.NoSuchTable", "The catalog has no table " + table + ": make it");
    }

    /** Texts of drivers and clients can have URLs with passwords in them; only S3's own answers are shown. */
    private static DeliveryException cause(TableIdentifier table, Exception thrown) {
        for (Throwable cause = thrown; cause != null; cause = cause.getCause()) {
            if (cause instanceof AwsServiceException s3) {
                return refused(table, s3);
            }
            if (cause instanceof SdkException) {
                return retryable("Iceberg.S3Unreachable", "S3 does not answer for the files of " + table);
            }
            if (cause instanceof SQLException || cause instanceof UncheckedSQLException) {
                return retryable(
                        "Iceberg.CatalogUnreachable", "The catalog's database does not answer, or refuses Riacho");
            }
        }
        return retryable(
                "Iceberg.DeliveryFailed",
                "Appending to " + table + " failed: " + thrown.getClass().getSimpleName());
    }

    private static DeliveryException refused(TableIdentifier table, AwsServiceException s3) {
        String code = s3.awsErrorDetails() == null ? null : s3.awsErrorDetails().errorCode();
        String told = code == null ? String.valueOf(s3.statusCode()) : code;
        return retryable(
                "Iceberg.S3." + told,
                "S3 refuses the files of " + table + ": " + told + " (status " + s3.statusCode() + ")");
    }

    private static DeliveryException retryable(String code, String message) {
        return DeliveryException.retryable(code, message, null);
    }

    @Override
    public void close() {
        lock.lock();
        try {
            closed = true;
            if (catalog instanceof Closeable open) {
                open.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            lock.unlock();
        }
    }
}
