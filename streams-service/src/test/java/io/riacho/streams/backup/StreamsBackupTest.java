package io.riacho.streams.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.log.EmbeddedShardLog;
import io.riacho.log.LogFailedException;
import io.riacho.log.LogSettings;
import io.riacho.streams.StreamsUnderTest;
import io.riacho.streams.shard.Shard;
import java.lang.reflect.Proxy;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log from a backup, with a database that was saved before it. */
class StreamsBackupTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private StreamsUnderTest server;
    private Path copy;

    @BeforeEach
    void start() {
        server = new StreamsUnderTest(folder.resolve("streams/log"), StreamsUnderTest.A_MOMENT);
        copy = folder.resolve("copy");
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Shard shardOf(String stream) {
        return server.create(stream, 1).shards().all().getFirst();
    }

    private void backup() throws Exception {
        try (Connection connection = server.dataSource().getConnection()) {
            StreamsBackup.copy(folder.resolve("streams"), copy, connection);
        }
    }

    private EmbeddedShardLog openCopy() {
        return EmbeddedShardLog.open(LogSettings.in(copy.resolve("log"))
                .journalFileBytes(1 << 20)
                .bufferBytes(4 << 20)
                .build());
    }

    @Test
    void shardsThatTheDatabaseDoesNotKnowAreDeletedAndTheirNumbersAreNotGivenAgain() throws Exception {
        Shard kept = shardOf("kept");
        Shard later = shardOf("later");
        server.put(kept, "key", "one");
        server.put(later, "key", "two");
        backup();
        server.jdbc().sql("delete from streams.stream where name = 'later'").update();
        server.jdbc()
                .sql("select setval('streams.shard_number', :number)")
                .param("number", kept.number())
                .query(Long.class)
                .single();

        try (EmbeddedShardLog log = openCopy()) {
            assertThat(log.shards()).containsExactlyInAnyOrder(kept.number(), later.number());
            RestoredLog.setRight(copy, log, server.dataSource());
            assertThat(log.shards()).containsExactly(kept.number());
            assertThat(log.endOffset(kept.number())).isEqualTo(1);
        }
        assertThat(copy.resolve(RestoredLog.FILE)).doesNotExist();
        assertThat(copy.resolve("log/shards/" + later.number())).doesNotExist();
        assertThat(nextShardNumber()).isGreaterThan(later.number());
    }

    @Test
    void keysThatRecordsWereSealedWithSinceTheDatabaseWasSavedAreGivenToIt() throws Exception {
        shardOf("orders");
        long stream = server.stream("orders").id();
        long earlier = addKey(stream);
        long later = addKey(stream);
        backup();
        server.jdbc()
                .sql("delete from streams.data_key where id = :id")
                .param("id", later)
                .update();
        server.jdbc()
                .sql("select setval(pg_get_serial_sequence('streams.data_key', 'id'), :id)")
                .param("id", earlier)
                .query(Long.class)
                .single();

        try (EmbeddedShardLog log = openCopy()) {
            RestoredLog.setRight(copy, log, server.dataSource());
        }
        assertThat(keys()).containsExactly(earlier, later);
        assertThat(addKey(stream)).isGreaterThan(later);
    }

    @Test
    void keysOfAStreamThatTheDatabaseDoesNotKnowAreLeftOutButTheirNumbersAreNotGivenAgain() throws Exception {
        shardOf("kept");
        shardOf("later");
        long later = addKey(server.stream("later").id());
        backup();
        server.jdbc().sql("delete from streams.stream where name = 'later'").update();
        server.jdbc()
                .sql("select setval(pg_get_serial_sequence('streams.data_key', 'id'), :id)")
                .param("id", later)
                .query(Long.class)
                .single();

        try (EmbeddedShardLog log = openCopy()) {
            RestoredLog.setRight(copy, log, server.dataSource());
        }
        assertThat(keys()).isEmpty();
        assertThat(addKey(server.stream("kept").id())).isGreaterThan(later);
    }

    @Test
    void numbersOfShardsAndKeysThatWereGoneWhenTheDatabaseWasSavedAreNotGivenAgain() throws Exception {
        Shard kept = shardOf("kept");
        server.put(kept, "key", "one");
        long stream = server.stream("kept").id();
        addKey(stream);
        long number = nextShardNumber();
        long key = addKey(stream);
        server.jdbc()
                .sql("delete from streams.data_key where id = :id")
                .param("id", key)
                .update();
        backup();

        try (EmbeddedShardLog log = openCopy()) {
            RestoredLog.setRight(copy, log, server.dataSource());
        }
        assertThat(nextShardNumber()).isGreaterThan(number);
        assertThat(addKey(stream)).isGreaterThan(key);
    }

    @Test
    void whatFailsInTheMiddleIsDoneAgainByTheNextStart() throws Exception {
        Shard later = shardOf("later");
        server.put(later, "key", "two");
        backup();
        server.jdbc().sql("delete from streams.stream where name = 'later'").update();

        EmbeddedShardLog closed = openCopy();
        closed.close();
        assertThatThrownBy(() -> RestoredLog.setRight(copy, closed, server.dataSource()))
                .isInstanceOf(LogFailedException.class);
        try (EmbeddedShardLog log = openCopy()) {
            assertThat(log.shards()).containsExactly(later.number());
            RestoredLog.setRight(copy, log, server.dataSource());
            assertThat(log.shards()).isEmpty();
        }
    }

    @Test
    void keysAreReadOnceTheLogIsCopied() throws Exception {
        server.put(shardOf("orders"), "key", "one");
        long stream = server.stream("orders").id();
        AtomicLong meanwhile = new AtomicLong();
        try (Connection connection = server.dataSource().getConnection()) {
            Connection watched = (Connection) Proxy.newProxyInstance(
                    getClass().getClassLoader(), new Class<?>[] {Connection.class}, (_, method, arguments) -> {
                        if (Files.exists(copy.resolve("log/shards"))) {
                            meanwhile.set(addKey(stream));
                        }
                        return method.invoke(connection, arguments);
                    });
            StreamsBackup.copy(folder.resolve("streams"), copy, watched);
        }
        assertThat(meanwhile.get()).isPositive();
        assertThat(copy.resolve(RestoredLog.FILE)).content().startsWith(meanwhile + "\t");
    }

    @Test
    void aFolderThatIsThereIsNotWrittenTo() throws Exception {
        shardOf("kept");
        Files.createDirectory(copy);
        assertThatThrownBy(this::backup).isInstanceOf(FileAlreadyExistsException.class);
        assertThat(copy).isEmptyDirectory();
    }

    @Test
    void aFolderThatIsFromNoBackupIsLeftAsItIs() throws Exception {
        Shard shard = shardOf("kept");
        server.put(shard, "key", "one");
        server.jdbc().sql("delete from streams.stream").update();
        RestoredLog.setRight(folder.resolve("streams"), server.log(), server.dataSource());
        assertThat(server.log().shards()).containsExactly(shard.number());
    }

    @Test
    void whatElseIsInTheFolderIsCopied() throws Exception {
        shardOf("kept");
        Files.writeString(folder.resolve("streams/installation"), "id");
        Files.createDirectory(folder.resolve("streams/usage"));
        Files.writeString(folder.resolve("streams/usage/0.usage"), "usage");
        backup();
        assertThat(copy.resolve("installation")).hasContent("id");
        assertThat(copy.resolve("usage/0.usage")).hasContent("usage");
        assertThat(copy.resolve("log/lock")).doesNotExist();
    }

    private long nextShardNumber() {
        return server.jdbc()
                .sql("select nextval('streams.shard_number')")
                .query(Long.class)
                .single();
    }

    private List<Long> keys() {
        return server.jdbc()
                .sql("select id from streams.data_key order by id")
                .query((row, _) -> row.getLong(1))
                .list();
    }

    private long addKey(long stream) {
        return server.jdbc().sql("""
                        insert into streams.data_key (stream_id, key_id, key_arn, wrapped, created_at)
                        values (:stream, 'key', 'arn', '\\x0102', now()) returning id""").param("stream", stream).query(Long.class).single();
    }
}
