package io.riacho.firehose.catalog;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.glue.model.Table;

/**
 * Tables of the own catalog. Asks the database for the newest version each time, so that a change is seen at once, and
 * reads the columns of each version once.
 */
final class CatalogTableDefinitions implements TableDefinitions {

    private static final String NEWEST = "LATEST";
    private static final int MAX_COLUMNS = 5_000;
    private static final int CACHED = 200;

    private final CatalogNames names;
    private final CatalogStore store;
    private final Definitions definitions;
    private final TableReaders readers;
    private final Cache<Key, TableDefinition> known =
            Caffeine.newBuilder().maximumSize(CACHED).build();

    CatalogTableDefinitions(CatalogNames names, CatalogStore store, Definitions definitions, TableReaders readers) {
        this.names = names;
        this.store = store;
        this.definitions = definitions;
        this.readers = readers;
    }

    @Override
    public TableDefinition find(DeliveryStreamName stream, SchemaConfiguration configuration) {
        // Before anything is said of the table.
        readers.require(stream, configuration);
        try {
            return lookUp(configuration);
        } catch (DataAccessException e) {
            throw new UncheckedIOException(new IOException("The catalog cannot be read just now", e));
        }
    }

    private TableDefinition lookUp(SchemaConfiguration configuration) {
        if (configuration.catalogId() != null && !configuration.catalogId().equals(names.accountId())) {
            throw invalid("SchemaConfiguration.CatalogId is not the account that this server has, which is "
                    + names.accountId());
        }
        if (configuration.region() != null && !configuration.region().equals(names.region())) {
            throw invalid(
                    "SchemaConfiguration.Region is not the region that this server has, which is " + names.region());
        }
        String database = CatalogNames.folded(required(configuration.databaseName(), "DatabaseName"));
        String name = CatalogNames.folded(required(configuration.tableName(), "TableName"));
        StoredVersion version = version(database, name, configuration.versionId());
        Key key = new Key(database, name, version.number(), version.createdAtMillis());
        TableDefinition cached = known.getIfPresent(key);
        if (cached != null) {
            return cached;
        }
        StoredTable stored = store.version(database, name, version.number())
                .orElseThrow(() -> invalid("The table " + database + '.' + name + " has no version " + version.number()
                        + " in the catalog; see SchemaConfiguration.VersionId"));
        TableDefinition read = read(stored);
        known.put(key, read);
        return read;
    }

    private StoredVersion version(String database, String name, @Nullable String asked) {
        StoredVersion newest = store.newest(database, name)
                .orElseThrow(() -> invalid("There is no table " + database + '.' + name
                        + " in the catalog; see SchemaConfiguration.DatabaseName and TableName"));
        if (asked == null || asked.equals(NEWEST)) {
            return newest;
        }
        try {
            return new StoredVersion(Long.parseLong(asked), newest.createdAtMillis());
        } catch (NumberFormatException e) {
            throw invalid("SchemaConfiguration.VersionId is a number or LATEST, not " + asked);
        }
    }

    private TableDefinition read(StoredTable stored) {
        Table table = definitions.told(stored);
        Set<String> seen = new HashSet<>();
        List<Column> columns = table.storageDescriptor() == null
                ? List.of()
                : table.storageDescriptor().columns();
        if (columns.isEmpty()) {
            throw invalid("The table " + stored.database() + '.' + stored.name() + " has no columns");
        }
        return new TableDefinition(
                stored.database(),
                stored.name(),
                stored.version(),
                read(stored, columns, seen),
                read(stored, table.partitionKeys(), seen),
                table.parameters());
    }

    private static List<TableColumn> read(StoredTable stored, List<Column> columns, Set<String> seen) {
        List<TableColumn> read = new ArrayList<>();
        for (Column column : columns) {
            String name = column.name().toLowerCase(Locale.ROOT);
            if (!seen.add(name)) {
                throw invalid("The table " + stored.database() + '.' + stored.name() + " has two columns " + name);
            }
            if (seen.size() > MAX_COLUMNS) {
                throw invalid("The table " + stored.database() + '.' + stored.name() + " has more than " + MAX_COLUMNS
                        + " columns");
            }
            try {
                read.add(new TableColumn(name, HiveTypeParser.parse(column.type() == null ? "" : column.type())));
            } catch (IllegalArgumentException e) {
                throw invalid("The column " + name + " of the table " + stored.database() + '.' + stored.name()
                        + " has a type that is not supported: " + e.getMessage());
            }
        }
        return read;
    }

    private static String required(@Nullable String value, String member) {
        if (value == null) {
            throw invalid("SchemaConfiguration." + member + " is required");
        }
        return value;
    }

    private static AwsException invalid(String message) {
        return AwsException.badRequest("InvalidArgumentException", message);
    }

    /** @param createdAtMillis tells a table from one of the same name that was deleted */
    private record Key(String database, String name, long version, long createdAtMillis) {}
}
