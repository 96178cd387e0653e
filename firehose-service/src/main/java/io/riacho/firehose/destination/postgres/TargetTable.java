package io.riacho.firehose.destination.postgres;

import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.warehouse.SqlName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * The table that is loaded, as it is now.
 *
 * @param columns those to load, in the order of a record's fields
 */
record TargetTable(String schema, String name, List<String> columns) {

    private static final String FIND = """
            select n.nspname, c.relname, a.attname, a.attidentity = 'a' or a.attgenerated <> '' as computed
            from pg_catalog.pg_class c
            join pg_catalog.pg_namespace n on n.oid = c.relnamespace
            join pg_catalog.pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
            where c.oid = pg_catalog.to_regclass(?)
            order by a.attnum
            """;

    /**
     * @param name one or two parts
     * @param columns empty for all that are not computed
     */
    static TargetTable find(Connection connection, List<String> name, List<String> columns)
            throws SQLException, DeliveryException {
        String quoted = SqlName.quoted(name, ".");
        List<String> all = new ArrayList<>();
        List<String> settable = new ArrayList<>();
        String schema = "";
        String table = "";
        try (PreparedStatement statement = connection.prepareStatement(FIND)) {
            statement.setString(1, quoted);
            ResultSet rows = statement.executeQuery();
            while (rows.next()) {
                schema = rows.getString(1);
                table = rows.getString(2);
                all.add(rows.getString(3));
                if (!rows.getBoolean(4)) {
                    settable.add(rows.getString(3));
                }
            }
        }
        if (all.isEmpty()) {
            throw DeliveryException.retryable(
                    "Redshift.TableNotFound",
                    "There is no table " + quoted + " that the user can see: make it, or grant USAGE on its schema",
                    null);
        }
        for (String column : columns) {
            if (!all.contains(column)) {
                throw DeliveryException.retryable(
                        "Redshift.ColumnNotFound",
                        "The table " + quoted + " has no column " + SqlName.quoted(column)
                                + ": add it, or change DataTableColumns",
                        null);
            }
        }
        return new TargetTable(schema, table, columns.isEmpty() ? List.copyOf(settable) : columns);
    }

    String quoted() {
        return SqlName.quoted(List.of(schema, name), ".");
    }

    String quotedColumns() {
        return SqlName.quoted(columns, ", ");
    }
}
