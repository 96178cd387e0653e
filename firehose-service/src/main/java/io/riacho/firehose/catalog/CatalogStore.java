package io.riacho.firehose.catalog;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Databases and tables in PostgreSQL's schema {@code firehose_catalog}. */
final class CatalogStore {

    private static final String TABLE =
            "select database_name, name, version, definition, created_at, created_by, updated_at";

    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;

    CatalogStore(JdbcClient jdbc, TransactionTemplate transactions) {
        this.jdbc = jdbc;
        this.transactions = transactions;
    }

    void createDatabase(StoredDatabase database) {
        try {
            jdbc.sql("insert into firehose_catalog.catalog_database values (:name, :definition, :at)")
                    .param("name", database.name())
                    .param("definition", database.definition())
                    .param("at", time(database.createdAt()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw CatalogErrors.databaseExists();
        }
    }

    Optional<StoredDatabase> database(String name) {
        return jdbc.sql("select name, definition, created_at from firehose_catalog.catalog_database where name = :name")
                .param("name", name)
                .query(CatalogStore::database)
                .optional();
    }

    Page<StoredDatabase> databases(String after, int limit) {
        List<StoredDatabase> found = jdbc.sql("""
                        select name, definition, created_at from firehose_catalog.catalog_database
                        where name > :after order by name limit :limit""")
                .param("after", after)
                .param("limit", limit + 1)
                .query(CatalogStore::database)
                .list();
        return Page.of(found, limit, StoredDatabase::name);
    }

    boolean deleteDatabase(String name) {
        return jdbc.sql("delete from firehose_catalog.catalog_database where name = :name")
                        .param("name", name)
                        .update()
                == 1;
    }

    void createTable(StoredTable table) {
        try {
            jdbc.sql("""
                            insert into firehose_catalog.catalog_table
                            values (:database, :name, :version, :definition, :created, :by, :updated)""")
                    .param("database", table.database())
                    .param("name", table.name())
                    .param("version", table.version())
                    .param("definition", table.definition())
                    .param("created", time(table.createdAt()))
                    .param("by", table.createdBy())
                    .param("updated", time(table.updatedAt()))
                    .update();
        } catch (DuplicateKeyException e) {
            throw CatalogErrors.tableExists();
        } catch (DataIntegrityViolationException e) {
            throw CatalogErrors.noDatabase(table.database());
        }
    }

    /**
     * @param expected the version that it has to have; null for any
     * @param keep whether what it was before stays a version of it
     */
    void updateTable(
            String database, String name, byte[] definition, @Nullable Long expected, boolean keep, Instant now) {
        transactions.executeWithoutResult(_ -> {
            long version = jdbc.sql("""
                            select version from firehose_catalog.catalog_table
                            where database_name = :database and name = :name for update""")
                    .param("database", database)
                    .param("name", name)
                    .query((row, _) -> row.getLong(1))
                    .optional()
                    .orElseThrow(() -> CatalogErrors.noTable(name));
            if (expected != null && expected != version) {
                throw CatalogErrors.changedMeanwhile();
            }
            if (keep) {
                jdbc.sql("""
                                insert into firehose_catalog.catalog_table_version
                                select database_name, name, version, definition, updated_at from firehose_catalog.catalog_table
                                where database_name = :database and name = :name""").param("database", database).param("name", name).update();
            }
            jdbc.sql("""
                            update firehose_catalog.catalog_table
                            set version = version + 1, definition = :definition, updated_at = :now
                            where database_name = :database and name = :name""")
                    .param("database", database)
                    .param("name", name)
                    .param("definition", definition)
                    .param("now", time(now))
                    .update();
        });
    }

    boolean deleteTable(String database, String name) {
        return jdbc.sql("delete from firehose_catalog.catalog_table where database_name = :database and name = :name")
                        .param("database", database)
                        .param("name", name)
                        .update()
                == 1;
    }

    Optional<StoredTable> table(String database, String name) {
        return jdbc.sql(TABLE + " from firehose_catalog.catalog_table where database_name = :database and name = :name")
                .param("database", database)
                .param("name", name)
                .query(CatalogStore::table)
                .optional();
    }

    /** Empty where there is no such table. */
    Optional<StoredVersion> newest(String database, String name) {
        return jdbc.sql("""
                        select version, created_at from firehose_catalog.catalog_table
                        where database_name = :database and name = :name""")
                .param("database", database)
                .param("name", name)
                .query((row, _) ->
                        new StoredVersion(row.getLong(1), time(row, 2).toEpochMilli()))
                .optional();
    }

    Optional<StoredTable> version(String database, String name, long version) {
        return jdbc.sql("select * from (" + versions() + ") versions where version = :version")
                .param("database", database)
                .param("name", name)
                .param("version", version)
                .query(CatalogStore::table)
                .optional();
    }

    Page<StoredTable> tables(String database, String after, int limit) {
        List<StoredTable> found = jdbc.sql(TABLE + """
                         from firehose_catalog.catalog_table
                        where database_name = :database and name > :after order by name limit :limit""")
                .param("database", database)
                .param("after", after)
                .param("limit", limit + 1)
                .query(CatalogStore::table)
                .list();
        return Page.of(found, limit, StoredTable::name);
    }

    /** Newest first. */
    Page<StoredTable> versions(String database, String name, long before, int limit) {
        List<StoredTable> found = jdbc.sql("select * from (" + versions() + """
                        ) versions where version < :before order by version desc limit :limit""")
                .param("database", database)
                .param("name", name)
                .param("before", before)
                .param("limit", limit + 1)
                .query(CatalogStore::table)
                .list();
        return Page.of(found, limit, table -> Long.toString(table.version()));
    }

    private static String versions() {
        return TABLE + """
                 from firehose_catalog.catalog_table where database_name = :database and name = :name
                union all
                select v.database_name, v.table_name, v.version, v.definition, t.created_at, t.created_by, v.updated_at
                from firehose_catalog.catalog_table_version v
                join firehose_catalog.catalog_table t on t.database_name = v.database_name and t.name = v.table_name
                where v.database_name = :database and v.table_name = :name""";
    }

    private static StoredDatabase database(ResultSet row, int number) throws SQLException {
        return new StoredDatabase(row.getString(1), row.getBytes(2), time(row, 3));
    }

    private static StoredTable table(ResultSet row, int number) throws SQLException {
        return new StoredTable(
                row.getString(1),
                row.getString(2),
                row.getLong(3),
                row.getBytes(4),
                time(row, 5),
                row.getString(6),
                time(row, 7));
    }

    private static Instant time(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static OffsetDateTime time(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }
}
