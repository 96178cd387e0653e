package io.riacho.streams;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.log.Append;
import io.riacho.log.EmbeddedShardLog;
import io.riacho.log.LogChunk;
import io.riacho.log.LogSettings;
import io.riacho.log.SealingKey;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.consumer.ConsumerLifecycle;
import io.riacho.streams.consumer.ConsumerStore;
import io.riacho.streams.encryption.DataKeyStore;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.encryption.KeyStates;
import io.riacho.streams.encryption.StreamKeys;
import io.riacho.streams.limit.LimitSettings;
import io.riacho.streams.shard.Reshape;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamEncryption;
import io.riacho.streams.stream.StreamHistory;
import io.riacho.streams.stream.StreamNaming;
import io.riacho.streams.stream.StreamOperations;
import io.riacho.streams.stream.Streams;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/**
 * Kinesis Data Streams below the wire, over a real log and a real PostgreSQL, with a clock that a test moves. States of
 * streams last for a moment, or for so long that the test is over.
 */
public final class StreamsUnderTest implements AutoCloseable {

    /** What the tests of states that last are given: nothing goes on by itself. */
    public static final Duration FOR_GOOD = Duration.ofDays(1);

    public static final Duration A_MOMENT = Duration.ofMillis(1);

    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final LimitSettings UNLIMITED =
            new LimitSettings(false, 1 << 20, 1000, 2 << 20, 5, 20_000, 50, 10, 2, 20, 2 << 20, Map.of());
    private static final StreamNaming NAMING = new StreamNaming("123456789012", "eu-central-1");
    private static final int SEGMENT_BYTES = 4 << 10;

    private final SettableClock clock = new SettableClock();
    private final TestDatabase database = new TestDatabase();
    private final TestKeyService kms = new TestKeyService();
    private final Path folder;
    private KeyStates keyStates = new KeyStates(kms, clock::nanoTime);
    private StreamKeys keys = openKeys();
    private EmbeddedShardLog log;
    private Streams streams;
    private ConsumerCatalog consumers;
    private ConsumerLifecycle consumerLifecycle;

    /** @param folder for the log */
    public StreamsUnderTest(Path folder, Duration transition) {
        this.folder = folder;
        log = openLog();
        streams = open(transition);
        consumers = openConsumers();
        consumerLifecycle = openConsumerLifecycle(transition);
    }

    /** Starts again over the same database and log, as after the death of the process. */
    public void restart(Duration transition) {
        consumerLifecycle.close();
        streams.close();
        log.close();
        keyStates = new KeyStates(kms, clock::nanoTime);
        keys = openKeys();
        log = openLog();
        streams = open(transition);
        consumers = openConsumers();
        consumerLifecycle = openConsumerLifecycle(transition);
    }

    public Streams streams() {
        return streams;
    }

    public StreamCatalog catalog() {
        return streams.catalog();
    }

    public ConsumerCatalog consumers() {
        return consumers;
    }

    public ConsumerLifecycle consumerLifecycle() {
        return consumerLifecycle;
    }

    public StreamOperations streamOperations() {
        return streams.streamOperations(consumers, clock);
    }

    public EmbeddedShardLog log() {
        return log;
    }

    public TestKeyService kms() {
        return kms;
    }

    public KeyStates keyStates() {
        return keyStates;
    }

    public StreamKeys keys() {
        return keys;
    }

    public KeyAccess keyAccess() {
        return new KeyAccess(keyStates, keys);
    }

    /** Has the stream's new records encrypted. */
    public Stream encrypt(String name, String keyId) {
        streams.lifecycle()
                .update(
                        stream(name),
                        stream -> stream.changed()
                                .encryption(new StreamEncryption(keyId, List.of(), List.of()))
                                .done());
        return active(name);
    }

    public SettableClock clock() {
        return clock;
    }

    public DataSource dataSource() {
        return database.dataSource();
    }

    public PlatformTransactionManager transactions() {
        return database.transactions();
    }

    public JdbcClient jdbc() {
        return database.jdbc();
    }

    /** Asks for a stream, which is CREATING then. */
    public Stream ask(String name, int shards) {
        streamOperations()
                .createStream(CreateStreamRequest.builder()
                        .streamName(name)
                        .shardCount(shards)
                        .build());
        return stream(name);
    }

    public Stream create(String name, int shards) {
        ask(name, shards);
        return active(name);
    }

    public Stream createOnDemand(String name) {
        streamOperations()
                .createStream(CreateStreamRequest.builder().streamName(name).build());
        return active(name);
    }

    public Stream stream(String name) {
        return catalog().get(name);
    }

    /** The stream once it is ACTIVE. */
    public Stream active(String name) {
        await(() -> stream(name).status() == StreamStatus.ACTIVE);
        return stream(name);
    }

    /** Asks for changes of the shards; the stream is UPDATING then. */
    public Stream askFor(String name, Reshape... changes) {
        return streams.lifecycle()
                .update(
                        stream(name),
                        stream -> stream.changed().pending(List.of(changes)).done());
    }

    public Stream reshape(String name, Reshape... changes) {
        askFor(name, changes);
        return active(name);
    }

    /** A record as it was read. */
    public record Read(long offset, long timestamp, String key, String data) {}

    /** Stores a record without the limits and the routing of puts; gives its offset. */
    public long put(Shard shard, String key, String data) {
        return put(shard, key, data, null);
    }

    /** The same, sealed with the key if there is one. */
    public long put(Shard shard, String key, String data, @Nullable SealingKey sealingKey) {
        byte[] bytes = data.getBytes(StandardCharsets.UTF_8);
        Append append = new Append(1);
        if (sealingKey != null) {
            append.sealWith(sealingKey);
        }
        append.add(shard.number(), key.getBytes(StandardCharsets.UTF_8), bytes, 0, bytes.length);
        return log.append(append).join().offset(0);
    }

    /** All that the log keeps of the shard, whatever its stream's retention period. */
    public List<Read> read(Shard shard) {
        List<Read> records = new ArrayList<>();
        LogChunk chunk = log.newChunk();
        long next = 0;
        while (next < log.endOffset(shard.number())) {
            log.read(shard.number(), next, Long.MIN_VALUE, 1 << 18, chunk);
            while (chunk.next()) {
                records.add(new Read(
                        chunk.offset(),
                        chunk.timestamp(),
                        text(chunk.array(), chunk.keyPosition(), chunk.keyLength()),
                        text(chunk.array(), chunk.dataPosition(), chunk.dataLength())));
            }
            next = chunk.nextOffset();
        }
        return records;
    }

    public static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("waited for too long").isLessThan(deadline);
            try {
                Thread.sleep(1);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    @Override
    public void close() {
        consumerLifecycle.close();
        streams.close();
        log.close();
        database.close();
    }

    private EmbeddedShardLog openLog() {
        return EmbeddedShardLog.open(LogSettings.in(folder)
                .clock(clock)
                .journalFileBytes(1 << 20)
                .bufferBytes(4 << 20)
                .segmentBytes(SEGMENT_BYTES)
                .openingKeys(keys)
                .build());
    }

    private StreamKeys openKeys() {
        return new StreamKeys(kms, keyStates, new DataKeyStore(database.jdbc()), NAMING, clock, clock::nanoTime);
    }

    private Streams open(Duration transition) {
        return new Streams(
                database.entityManagers(),
                database.transactions(),
                log,
                NAMING,
                UNLIMITED,
                transition,
                StreamHistory.NONE,
                clock,
                clock::nanoTime);
    }

    private ConsumerCatalog openConsumers() {
        TransactionTemplate transaction = new TransactionTemplate(database.transactions());
        return new ConsumerCatalog(
                streams.catalog(),
                streams.resolver(),
                new ConsumerStore(database.jdbc(), transaction, NAMING, StreamHistory.NONE));
    }

    private ConsumerLifecycle openConsumerLifecycle(Duration transition) {
        return new ConsumerLifecycle(
                consumers,
                streams.catalog(),
                streams.resolver(),
                UNLIMITED,
                streams.accountSettings(),
                transition,
                clock);
    }

    private static String text(byte[] array, int position, int length) {
        return new String(array, position, length, StandardCharsets.UTF_8);
    }
}
