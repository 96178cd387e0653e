package io.riacho.firehose.destination.iceberg;

import io.riacho.firehose.record.PartitionKeys;
import java.util.List;
import java.util.Locale;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DestinationTableConfiguration;

/**
 * Which table records go to: the one that the transformation function's {@code otfMetadata} or the MetadataExtraction query names, or the
 * only one that is configured.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/apache-iceberg-format-input-record-different.html">Route incoming records to
 *     different Iceberg tables</a>
 */
final class Routes {

    private static final String DATABASE = "destinationDatabaseName";
    private static final String TABLE = "destinationTableName";
    private static final String OPERATION = "operation";

    private final List<DestinationTableConfiguration> tables;

    Routes(List<DestinationTableConfiguration> tables) {
        this.tables = List.copyOf(tables);
    }

    TableIdentifier table(PartitionKeys keys) throws UnfitRecord {
        String operation = key(keys, OPERATION);
        if (operation != null && !operation.toLowerCase(Locale.ROOT).equals("insert")) {
            throw new UnfitRecord(
                    "Iceberg.UnsupportedOperation",
                    "The operation of the record is no insert, and there is nothing else here");
        }
        String database = key(keys, DATABASE);
        String table = key(keys, TABLE);
        if (database == null && table == null && tables.size() == 1) {
            DestinationTableConfiguration only = tables.getFirst();
            return table(only.destinationDatabaseName(), only.destinationTableName());
        }
        if (database == null || table == null) {
            throw new UnfitRecord(
                    "Iceberg.MissingRouting",
                    "The record has no " + (database == null ? DATABASE : TABLE)
                            + ", so it is not known which table it is for");
        }
        return table(database, table);
    }

    private static TableIdentifier table(String database, String table) throws UnfitRecord {
        if (!database.matches("[a-zA-Z0-9._]{1,255}") || !table.matches("[a-zA-Z0-9._]{1,255}")) {
            throw new UnfitRecord(
                    "Iceberg.InvalidRouting",
                    "Names of databases and tables have letters, digits, full stops and underscores");
        }
        return TableIdentifier.of(Namespace.of(database), table);
    }

    private static @Nullable String key(PartitionKeys keys, String name) {
        String value = keys.fromLambda().get(name);
        return value == null ? keys.fromQuery().get(name) : value;
    }
}
