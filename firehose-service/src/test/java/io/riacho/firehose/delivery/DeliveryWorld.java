package io.riacho.firehose.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariDataSource;
import io.riacho.firehose.activity.ActivityListener;
import io.riacho.firehose.activity.DeliveryReport;
import io.riacho.firehose.activity.StreamActivity;
import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.s3.Buckets;
import io.riacho.firehose.destination.s3.ObjectWriter;
import io.riacho.firehose.destination.s3.S3Objects;
import io.riacho.firehose.directput.PutSpans;
import io.riacho.firehose.format.ObjectFormats;
import io.riacho.firehose.intent.IntentStore;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.processing.Processing;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.firehose.source.SourceIdentities;
import io.riacho.firehose.usage.MeteredDelivery;
import io.riacho.leases.Application;
import io.riacho.leases.Lease;
import io.riacho.leases.LeaseTable;
import io.riacho.postgres.TestPostgres;
import io.riacho.tracing.Tracing;
import io.riacho.usage.UsageProperties;
import io.riacho.usage.UsageTables;
import io.riacho.usage.hours.HourlyUsage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientConnectionException;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.sql.DataSource;
import org.awaitility.Awaitility;
import org.awaitility.core.ConditionFactory;
import org.flywaydb.core.Flyway;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.unit.DataSize;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** What a delivery stream's workers have in common: a source, a destination, a bucket of errors, and a real PostgreSQL. */
final class DeliveryWorld implements AutoCloseable {

    static final String KIND = "TEST";
    static final BufferHints AT_ONCE = new BufferHints(1 << 20, Duration.ZERO);
    static final BufferHints NEVER = new BufferHints(1 << 30, Duration.ofHours(1));

    private static final String SCHEMA = "firehose";
    private static final Duration LEASE = Duration.ofSeconds(3);
    static final int ATTEMPTS_AT_A_TIME = 8;
    private static final int CONNECTIONS = 8;

    final MemorySource source = new MemorySource();
    final MemoryDestination destination = new MemoryDestination();
    final Map<String, String> errors = new ConcurrentSkipListMap<>();

    private final UUID id = UUID.randomUUID();
    private final String application = "stream-" + id;
    private final Unreliable database;
    private final LeaseTable leases;
    private final IntentStore intents;
    private final List<StreamDelivery> workers = new CopyOnWriteArrayList<>();
    private final List<String> stalls = new CopyOnWriteArrayList<>();
    private final LanePlan lanes;
    private final @Nullable Duration retry;
    private MemoryBudget budget;
    private EngineResources resources;

    /**
     * @param retry for how long a delivery is tried; null for ever
     * @param memory bytes
     */
    DeliveryWorld(DataSource source, BufferHints hints, @Nullable Duration retry, int maxPartitions, long memory) {
        this.database = new Unreliable(source);
        this.leases = new LeaseTable(database);
        this.intents = new IntentStore(
                JdbcClient.create(database),
                new TransactionTemplate(new JdbcTransactionManager(database)),
                new HourlyUsage(new JdbcTemplate(database), SCHEMA, 10_000)::add);
        this.lanes = new LanePlan(hints, null, AT_ONCE, maxPartitions);
        this.retry = retry;
        this.budget = new MemoryBudget(memory);
        this.resources = resources();
        JdbcClient.create(source)
                .sql("insert into firehose.delivery_stream"
                        + " (id, name, status, version, type, source, created_at, encryption_status, changed)"
                        + " values (:id, :name, 'ACTIVE', 1, 'DirectPut', '{}', now(), 'DISABLED', 0)")
                .param("id", id)
                .param("name", application)
                .update();
    }

    private EngineResources resources() {
        budget.onPressure(() -> workers.stream()
                .flatMap(worker -> worker.running().stream())
                .max(Comparator.comparingLong(ShardDelivery::largest))
                .ifPresent(ShardDelivery::relieve));
        EngineListener listener = (_, reason) -> stalls.add(String.valueOf(reason));
        return new EngineResources(
                budget,
                ATTEMPTS_AT_A_TIME,
                listener,
                leases.workers(LEASE),
                new SourceIdentities(JdbcClient.create(database)),
                new DeliverySpans(Tracing.OFF, new PutSpans(Tracing.OFF)));
    }

    /** Ends this process, and has the next one's workers share so much memory. */
    void restartWith(long memory) {
        close();
        workers.clear();
        budget = new MemoryBudget(memory);
        resources = resources();
    }

    static DeliveryWorld with(DataSource source, BufferHints hints) {
        return new DeliveryWorld(source, hints, null, 5_000, 256 << 20);
    }

    /** A database with the tables of leases and intents, behind as many connections as a server has. */
    static HikariDataSource newDatabase() {
        TestPostgres.Database made = TestPostgres.newDatabase();
        HikariDataSource source = new HikariDataSource();
        source.setJdbcUrl(made.url());
        source.setUsername(made.user());
        source.setPassword(made.password());
        source.setMaximumPoolSize(CONNECTIONS);
        for (String schema : List.of("leases", "firehose")) {
            Flyway.configure()
                    .dataSource(source)
                    .defaultSchema(schema)
                    .createSchemas(true)
                    .locations("classpath:io/riacho/" + schema + "/migration")
                    .load()
                    .migrate();
        }
        new UsageTables(
                source,
                new JdbcTransactionManager(source),
                SCHEMA,
                new UsageProperties(
                        true,
                        Duration.ofSeconds(10),
                        Duration.ofDays(400),
                        10_000,
                        DataSize.ofMegabytes(4),
                        DataSize.ofGigabytes(1)));
        return source;
    }

    /** Another process that delivers. */
    StreamDelivery worker(String name) {
        return worker(name, "1", destination);
    }

    /** The same, of a version to which the delivery stream was updated; the first one was of {@link #destination}. */
    StreamDelivery worker(String name, String version, Destination updated) {
        StreamDelivery worker = StreamDelivery.start(
                setup(version, updated),
                leases.open(new Application(KIND, application, source.name()), LEASE),
                intents,
                resources,
                new StreamActivity(new Silent()),
                InstantSource.system(),
                name);
        workers.add(worker);
        return worker;
    }

    /** Takes the leases from a worker that does not know. */
    void takeLeasesFrom(String worker) {
        leases.release(KIND, worker);
    }

    void databaseIsAway(boolean away) {
        database.away = away;
    }

    /** The next commit is made, but nobody hears of it. */
    void loseTheNextAnswer() {
        database.losesAnswer.set(true);
    }

    /** The next commit is made, but whoever hears of it is broken off, because the source is. */
    void breakOffAtTheNextCommit() {
        database.whenLost = () -> {
            source.breakOff();
            new CountDownLatch(1).await();
        };
        database.losesAnswer.set(true);
    }

    boolean hasLostTheAnswer() {
        return !database.losesAnswer.get();
    }

    long memoryInUse() {
        return budget.used();
    }

    List<String> stalls() {
        return stalls;
    }

    List<Lease> leases() {
        return leases.leases(KIND, application);
    }

    int intentsLeft() {
        return JdbcClient.create(database)
                .sql("select count(*) from firehose.intent where delivery_stream = :id")
                .param("id", id)
                .query((row, _) -> row.getInt(1))
                .single();
    }

    /** How much of a meter was counted. */
    long metered(String meter) {
        return JdbcClient.create(database)
                .sql("select coalesce(sum(h.amount), 0) from firehose.usage_hour h"
                        + " join firehose.usage_subject s on s.id = h.subject"
                        + " where s.resource_id = :id and h.meter = :meter")
                .param("id", id.toString())
                .param("meter", meter)
                .query((row, _) -> row.getLong(1))
                .single();
    }

    /** As Awaitility's, whose ten seconds are not enough for a machine that has other work. */
    static ConditionFactory await() {
        return Awaitility.await().atMost(Duration.ofSeconds(60));
    }

    /** Each record is counted once, however often it was read or delivered. */
    private void awaitAllMetered() {
        long records = source.ids().size();
        await().untilAsserted(() -> assertThat(metered("firehose.records-in")).isGreaterThanOrEqualTo(records));
        assertThat(metered("firehose.records-in")).isEqualTo(records);
        assertThat(metered("firehose.delivered-records")).isEqualTo(records);
        assertThat(metered("firehose.billed-bytes-in")).isEqualTo(records * 5 * 1024);
    }

    /** The lines of all error objects. */
    List<String> errorLines() {
        return errors.values().stream().flatMap(String::lines).toList();
    }

    void awaitAllDelivered() {
        await().untilAsserted(() -> assertThat(destination.ids()).containsAll(source.ids()));
        assertThat(destination.ids()).containsExactlyInAnyOrderElementsOf(source.ids());
        awaitAllMetered();
    }

    @Override
    public void close() {
        workers.forEach(StreamDelivery::close);
        resources.close();
    }

    private StreamSetup setup(String version, Destination updated) {
        S3DestinationConfiguration bucket = S3DestinationConfiguration.builder()
                .roleARN("arn:aws:iam::000000000000:role/deliverer")
                .bucketARN("arn:aws:s3:::errors")
                .errorOutputPrefix("errors/!{firehose:error-output-type}/")
                .compressionFormat("UNCOMPRESSED")
                .build();
        return new StreamSetup(
                id,
                new DeliveryStreamName(
                        "test", "arn:aws:firehose:us-east-1:000000000000:deliverystream/test", "us-east-1"),
                version,
                source,
                new ByKey(),
                updated,
                new FormerDestinations(former -> former.equals("1") ? Optional.of(destination) : Optional.empty()),
                new DestinationPlan(lanes.delivery(), retry, null, bucket, false, "test-failed", true),
                lanes,
                500,
                null,
                new Buckets(
                                new Errors(),
                                new ObjectFormats((_, _) -> {
                                    throw new IllegalStateException("no tables");
                                }),
                                InstantSource.system())
                        .errors(bucket),
                new MeteredDelivery(id, "test", false, true, false, true));
    }

    /** Partitions by the records' keys. */
    private static final class ByKey implements Processing {

        @Override
        public @Nullable BufferHints gathering() {
            return null;
        }

        @Override
        public List<ProcessedRecord> process(List<SourceRecord> records) {
            List<ProcessedRecord> processed = new ArrayList<>();
            records.forEach(record -> processed.add(new ProcessedRecord.Kept(
                    new DeliveryRecord(record, record.data()),
                    new PartitionKeys(Map.of("key", record.partitionKey()), Map.of()))));
            return processed;
        }

        @Override
        public void close() {
            // Nothing is held.
        }
    }

    private final class Errors implements S3Objects {

        @Override
        public void put(
                String bucket, String key, String contentType, @Nullable String contentEncoding, ObjectWriter writer)
                throws DeliveryException {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                writer.write(bytes);
            } catch (IOException e) {
                throw DeliveryException.retryable("S3.InternalError", "cannot write", e);
            }
            errors.put(key, bytes.toString(StandardCharsets.UTF_8));
        }
    }

    /** A database that can be away, or go away with an answer. */
    private static final class Unreliable extends DelegatingDataSource {

        final AtomicBoolean losesAnswer = new AtomicBoolean();
        volatile Loss whenLost = () -> {};
        volatile boolean away;

        @FunctionalInterface
        interface Loss {

            void run() throws InterruptedException;
        }

        Unreliable(DataSource source) {
            super(source);
        }

        private void lose() {
            try {
                whenLost.run();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }

        @Override
        public Connection getConnection() throws SQLException {
            if (away) {
                throw new SQLTransientConnectionException("The database is away");
            }
            Connection connection = super.getConnection();
            InvocationHandler handler = (_, method, arguments) -> {
                try {
                    Object answer = method.invoke(connection, arguments);
                    if (method.getName().equals("commit") && losesAnswer.getAndSet(false)) {
                        lose();
                        throw new SQLRecoverableException("The connection broke");
                    }
                    return answer;
                } catch (InvocationTargetException e) {
                    throw e.getCause() == null ? e : e.getCause();
                }
            };
            return (Connection) Proxy.newProxyInstance(
                    Connection.class.getClassLoader(), new Class<?>[] {Connection.class}, handler);
        }
    }

    private static final class Silent implements ActivityListener {

        @Override
        public void delivered(DeliveryReport report) {}

        @Override
        public void backedUp(int records, long bytes) {}

        @Override
        public void failed(String code) {}

        @Override
        public void behind(Duration behind) {}

        @Override
        public void lagging(long offsets) {}

        @Override
        public void paced(boolean backpressured, Duration throttled) {}

        @Override
        public void read(int records, long bytes) {}

        @Override
        public void processed(int kept, int dropped, int failed, Duration took) {}
    }
}
