package io.riacho.firehose.destination.warehouse;

import io.riacho.firehose.destination.DeliveryException;
import java.sql.SQLException;
import java.util.Map;

/**
 * What a warehouse's errors mean to a delivery, by their SQLSTATE, with the codes of
 * <a href="https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-logs.html">AWS's Redshift errors</a>. All may
 * pass by themselves, or by an operator's hand.
 */
public final class WarehouseFailure {

    private static final int LONGEST = 500;

    private static final Map<String, String> CODES = Map.ofEntries(
            Map.entry("3D000", "Redshift.DatabaseNotFound"),
            Map.entry("3F000", "Redshift.SchemaNotFound"),
            Map.entry("42P01", "Redshift.TableNotFound"),
            Map.entry("42703", "Redshift.ColumnNotFound"),
            Map.entry("42701", "Redshift.ColumnSpecifiedMoreThanOnce"),
            Map.entry("42501", "Redshift.InsufficientPrivilege"),
            Map.entry("42601", "Redshift.SyntaxError"),
            Map.entry("25006", "Redshift.ReadOnlyCluster"),
            Map.entry("53100", "Redshift.DiskFull"),
            Map.entry("57014", "Redshift.SlowCopy"));

    private WarehouseFailure() {}

    public static DeliveryException of(WarehouseUrl warehouse, SQLException thrown) {
        SQLException error = withState(thrown);
        String state = state(error);
        if (state.startsWith("28")) {
            return DeliveryException.retryable(
                    "Redshift.AuthenticationFailed",
                    warehouse + " does not let Riacho in with this Username and Password (SQLSTATE " + state + ")",
                    null);
        }
        return DeliveryException.retryable(code(state), warehouse + ": " + text(error), null);
    }

    private static String code(String state) {
        String known = CODES.get(state);
        if (known != null) {
            return known;
        }
        return state.isEmpty() || state.startsWith("08") || state.startsWith("57")
                ? "Redshift.ConnectionFailed"
                : "Redshift.DataLoadFailed";
    }

    /** What the server or the driver says, cut where it is long. */
    public static String text(SQLException error) {
        String message = String.valueOf(error.getMessage()).lines().findFirst().orElse("");
        String cut = message.length() <= LONGEST ? message : message.substring(0, LONGEST) + "…";
        return state(error).isEmpty() ? cut : cut + " (SQLSTATE " + state(error) + ")";
    }

    /** The SQLSTATE, empty where there is none. */
    public static String state(SQLException error) {
        return error.getSQLState() == null ? "" : error.getSQLState();
    }

    /** A pool's error says little; the driver's error that it has as its cause says more. */
    private static SQLException withState(SQLException thrown) {
        SQLException best = thrown;
        for (Throwable cause = thrown.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof SQLException sql) {
                best = sql;
            }
        }
        return best;
    }
}
