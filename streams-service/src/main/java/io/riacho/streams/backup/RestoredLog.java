package io.riacho.streams.backup;

import io.riacho.log.EmbeddedShardLog;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;
import javax.sql.DataSource;
import org.postgresql.PGConnection;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Sets right what a log from a backup has that is later than the database beside it; see {@link StreamsBackup}. To be done
 * once, before streams are read; a start that dies in the middle of it does it again.
 */
public final class RestoredLog {

    /** Stands in the folder of a copy until it was set right; holds the data keys of the time. */
    static final String FILE = "restored";

    static final String KEYS_OUT =
            "copy (select id, stream_id, key_id, key_arn, wrapped, created_at from streams.data_key) to stdout";

    private static final Logger log = LoggerFactory.getLogger(RestoredLog.class);

    private RestoredLog() {}

    /** Does nothing where the folder is not from a backup. */
    public static void setRight(Path folder, EmbeddedShardLog shardLog, DataSource dataSource) {
        Path file = folder.resolve(FILE);
        if (!Files.exists(file)) {
            return;
        }
        try (Connection connection = dataSource.getConnection()) {
            connection.setAutoCommit(false);
            addKeys(connection, file);
            passNumbers(connection, shardLog.shards().max().orElse(1));
            Set<Long> known = shards(connection);
            connection.commit();
            connection.setAutoCommit(true);
            long[] unknown =
                    shardLog.shards().filter(shard -> !known.contains(shard)).toArray();
            for (long shard : unknown) {
                shardLog.delete(shard);
            }
            Files.delete(file);
            log.info(
                    "This folder is from a backup. {} shards were deleted that are later than its database",
                    unknown.length);
        } catch (SQLException e) {
            throw new IllegalStateException("The database cannot be brought together with a log from a backup", e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void addKeys(Connection connection, Path file) throws SQLException, IOException {
        try (Statement statement = connection.createStatement();
                InputStream keys = Files.newInputStream(file)) {
            statement.execute("create temporary table restored_key on commit drop as"
                    + " select id, stream_id, key_id, key_arn, wrapped, created_at from streams.data_key with no data");
            connection.unwrap(PGConnection.class).getCopyAPI().copyIn("copy restored_key from stdin", keys);
            statement.executeUpdate("""
                    insert into streams.data_key (id, stream_id, key_id, key_arn, wrapped, created_at)
                    overriding system value
                    select k.id, k.stream_id, k.key_id, k.key_arn, k.wrapped, k.created_at
                    from restored_key k join streams.stream s on s.id = k.stream_id
                    on conflict (id) do nothing""");
            statement.execute("""
                    select setval(pg_get_serial_sequence('streams.data_key', 'id'), greatest(
                        (select coalesce(max(id), 1) from restored_key),
                        (select coalesce(max(id), 1) from streams.data_key),
                        coalesce(pg_sequence_last_value(
                            pg_get_serial_sequence('streams.data_key', 'id')::regclass), 1)))""");
        }
    }

    /** The numbers of shards that the database does not know are not given again. */
    private static void passNumbers(Connection connection, long highest) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute("select setval('streams.shard_number', greatest(" + highest
                    + ", coalesce(pg_sequence_last_value('streams.shard_number'::regclass), 1)))");
        }
    }

    private static Set<Long> shards(Connection connection) throws SQLException {
        Set<Long> known = new HashSet<>();
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select number from streams.shard")) {
            while (rows.next()) {
                known.add(rows.getLong(1));
            }
        }
        return known;
    }
}
