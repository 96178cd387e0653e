package io.riacho.firehose.destination.iceberg;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.TestS3;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.postgres.TestPostgres;
import io.riacho.postgres.TestPostgres.Database;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Catalog;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.model.IcebergDestinationConfiguration;
import software.amazon.awssdk.services.s3.S3Client;

@Timeout(120)
class IcebergDestinationTest {

    private static final TableIdentifier CLICKS = TableIdentifier.of("web", "clicks");
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.required(1, "id", Types.LongType.get()),
            Types.NestedField.optional(2, "who", Types.StringType.get()),
            Types.NestedField.optional(3, "at", Types.TimestampType.withZone()),
            Types.NestedField.optional(4, "price", Types.DecimalType.of(9, 2)),
            Types.NestedField.optional(
                    5,
                    "place",
                    Types.StructType.of(
                            Types.NestedField.required(6, "x", Types.DoubleType.get()),
                            Types.NestedField.optional(
                                    7, "tags", Types.ListType.ofOptional(8, Types.StringType.get())))),
            Types.NestedField.optional(
                    9, "counts", Types.MapType.ofRequired(10, 11, Types.StringType.get(), Types.IntegerType.get())));

    @TempDir
    static Path folder;

    private static TestS3 s3;
    private static TestCatalog tests;
    private static Catalog catalog;

    private final List<Destination> opened = new ArrayList<>();

    @BeforeAll
    static void start() throws Exception {
        s3 = TestS3.start(folder);
        try (S3Client client = s3.client()) {
            client.createBucket(bucket -> bucket.bucket("lake"));
        }
        Database database = TestPostgres.newDatabase();
        tests = new TestCatalog(database, s3.properties());
        catalog = tests.open();
        ((SupportsNamespaces) catalog).createNamespace(Namespace.of("web"));
    }

    @AfterAll
    static void stop() throws Exception {
        s3.close();
    }

    @BeforeEach
    void makeTable() {
        catalog.dropTable(CLICKS);
        catalog.createTable(CLICKS, SCHEMA);
    }

    @AfterEach
    void close() {
        opened.forEach(Destination::close);
    }

    @Test
    void membersBecomeColumnsOfTheirTypes() throws Exception {
        assertThat(open().deliver(TestDeliveries.of(
                        "{\"id\":1,\"who\":\"é\",\"at\":\"2026-11-26T12:00:00.123456+02:00\",\"price\":\"12.5\","
                                + "\"place\":{\"x\":1,\"tags\":[\"a\",null],\"y\":2},\"counts\":{\"a\":1},\"other\":true}",
                        "{\"id\":2,\"at\":1764151200000000,\"price\":3}")))
                .isEqualTo(Delivered.ALL);

        assertThat(rows(CLICKS))
                .containsExactlyInAnyOrder(
                        "Record(1, é, 2026-11-26T10:00:00.123456Z, 12.50, Record(1.0, [a, null]), {a=1})",
                        "Record(2, null, 2025-11-26T10:00Z, 3.00, null, null)");
    }

    @Test
    void anotherReaderReadsTheFiles() throws Exception {
        open().deliver(TestDeliveries.of(
                "{\"id\":1,\"who\":\"a\",\"place\":{\"x\":0.5},\"counts\":{\"k\":7}}", "{\"id\":2,\"who\":\"b\"}"));

        assertThat(duck("select id, who, place.x, counts['k'] from FILES order by id"))
                .containsExactly("1|a|0.5|7", "2|b|null|null");
        assertThat(duck("select distinct compression from parquet_metadata(FILES_LIST)"))
                .containsExactly("ZSTD");
    }

    @Test
    void aDeliveryThatComesAgainIsNotAppendedAgain() throws Exception {
        Delivery delivery = TestDeliveries.of("{\"id\":1}", "{\"id\":\"x\"}");
        Delivered first = open().deliver(delivery);
        open().deliver(TestDeliveries.of("{\"id\":2}"));

        assertThat(open().deliver(delivery)).isEqualTo(first);

        assertThat(first.rejected()).hasSize(1);
        assertThat(rows(CLICKS)).hasSize(2);
    }

    @Test
    void whatWasRejectedIsRejectedAgainThoughTheTableTakesItNow() throws Exception {
        catalog.dropTable(CLICKS);
        catalog.createTable(CLICKS, new Schema(Types.NestedField.required(1, "id", Types.IntegerType.get())));
        Delivery delivery = TestDeliveries.of("{\"id\":1}", "{\"id\":5000000000}");
        Delivered first = open().deliver(delivery);
        catalog.loadTable(CLICKS)
                .updateSchema()
                .updateColumn("id", Types.LongType.get())
                .commit();

        assertThat(open().deliver(delivery)).isEqualTo(first);
        assertThat(first.rejected()).hasSize(1);
    }

    @Test
    void aDeliveryThatComesTwiceAtTheSameTimeIsAppendedOnce() throws Exception {
        Delivery delivery = TestDeliveries.of("{\"id\":1}");
        Destination destination = open();

        together(6, i -> destination.deliver(delivery));

        assertThat(rows(CLICKS)).hasSize(1);
    }

    @Test
    void deliveriesAtTheSameTimeAllArrive() throws Exception {
        Destination destination = open();

        together(4, i -> destination.deliver(TestDeliveries.of("{\"id\":" + i + "}")));

        assertThat(rows(CLICKS)).hasSize(4);
    }

    @Test
    void onlyTheRecordsAtFaultAreRejected() throws Exception {
        Delivery delivery = TestDeliveries.of(
                UUID.randomUUID(),
                List.of(
                        utf8("{\"id\":1}"),
                        utf8("{\"who\":\"nobody\"}"),
                        utf8("no json"),
                        new byte[] {(byte) 0xff, 0},
                        new byte[0],
                        utf8("{\"id\":2} {\"id\":3}"),
                        utf8("{\"id\":1.5}"),
                        utf8("{\"id\":4,\"price\":1.234}"),
                        utf8("{\"id\":5,\"price\":1e999999999}"),
                        utf8("{\"id\":6,\"place\":{}}"),
                        utf8("{\"id\":7,\"at\":\"yesterday\"}"),
                        utf8("{\"id\":8,\"counts\":{\"a\":null}}"),
                        utf8("{\"id\":9}")));

        Delivered delivered = open().deliver(delivery);

        assertThat(delivered.rejected().stream().map(Rejection::record))
                .containsExactlyElementsOf(delivery.records().subList(1, 12));
        assertThat(delivered.rejected().getFirst().code()).isEqualTo("Iceberg.MissingColumnWithinRecord");
        assertThat(rows(CLICKS)).hasSize(2);
    }

    @Test
    void tenThousandRecordsArriveWholeInTheirPartitions() throws Exception {
        catalog.dropTable(CLICKS);
        catalog.createTable(
                CLICKS, SCHEMA, PartitionSpec.builderFor(SCHEMA).bucket("id", 8).build());
        List<byte[]> records = IntStream.range(0, 10_000)
                .mapToObj(i -> utf8("{\"id\":" + i + ",\"who\":\"" + "w".repeat(400) + "\"}"))
                .toList();

        open().deliver(TestDeliveries.of(UUID.randomUUID(), records));

        assertThat(files(CLICKS)).hasSize(8);
        assertThat(duck("select count(*), count(distinct id) from FILES")).containsExactly("10000|10000");
    }

    @Test
    void theQueryOrTheFunctionSaysWhichTableRecordsAreFor() throws Exception {
        TableIdentifier orders = TableIdentifier.of("web", "orders");
        catalog.dropTable(orders);
        catalog.createTable(orders, SCHEMA);
        Map<String, String> route = Map.of("destinationDatabaseName", "web", "destinationTableName", "orders");

        open().deliver(TestDeliveries.of(
                UUID.randomUUID(), new PartitionKeys(route, Map.of()), List.of(utf8("{\"id\":1}"))));
        Map<String, String> insert = new TreeMap<>(route);
        insert.put("operation", "insert");
        open().deliver(TestDeliveries.of(
                UUID.randomUUID(), new PartitionKeys(Map.of(), insert), List.of(utf8("{\"id\":2}"))));

        assertThat(rows(orders)).hasSize(2);
        assertThat(rows(CLICKS)).isEmpty();
    }

    @Test
    void updatesAndDeletesAreRejected() throws Exception {
        Delivered delivered = open().deliver(TestDeliveries.of(
                UUID.randomUUID(),
                new PartitionKeys(Map.of(), Map.of("operation", "delete")),
                List.of(utf8("{\"id\":1}"))));

        assertThat(delivered.rejected()).extracting(Rejection::code).containsExactly("Iceberg.UnsupportedOperation");
    }

    @Test
    void aMissingTableIsWaitedFor() throws Exception {
        catalog.dropTable(CLICKS);
        Delivery delivery = TestDeliveries.of("{\"id\":1}");
        DeliveryException missing = failure(open(), delivery);
        catalog.createTable(CLICKS, SCHEMA);

        assertThat(missing.isRetryable()).isTrue();
        assertThat(missing.code()).isEqualTo("Iceberg.NoSuchTable");
        assertThat(open().deliver(delivery)).isEqualTo(Delivered.ALL);
    }

    @Test
    void aMissingBucketIsWaitedForAndToldWithoutKeys() throws Exception {
        Table elsewhere = catalog.buildTable(TableIdentifier.of("web", "elsewhere"), SCHEMA)
                .withProperty("write.data.path", "s3://nowhere/data")
                .create();
        DeliveryException missing = failure(
                open(configuration -> configuration.destinationTableConfigurationList(
                        TestCatalog.configuration("elsewhere").destinationTableConfigurationList())),
                TestDeliveries.of("{\"id\":1}"));

        assertThat(elsewhere.currentSnapshot()).isNull();
        assertThat(missing.isRetryable()).isTrue();
        assertThat(missing).hasMessageContaining("status 404");
        assertThat(missing.getMessage()).doesNotContain(TestS3.KEY.secretAccessKey(), TestS3.KEY.accessKeyId());
    }

    @Test
    void anInterruptEndsADelivery() throws Exception {
        Destination destination = open();
        CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> {
            Thread.currentThread().interrupt();
            try {
                destination.deliver(TestDeliveries.of("{\"id\":1}"));
                interrupted.complete(false);
            } catch (InterruptedException e) {
                interrupted.complete(true);
            } catch (DeliveryException | RuntimeException e) {
                interrupted.completeExceptionally(e);
            }
        });

        assertThat(interrupted.get(30, TimeUnit.SECONDS)).isTrue();
        assertThat(rows(CLICKS)).isEmpty();
    }

    private interface Attempt {
        void deliver(int i) throws DeliveryException, InterruptedException;
    }

    /** Those that lose again and again against the others are tried again, as the engine does. */
    private static void together(int threads, Attempt attempt) throws Exception {
        List<CompletableFuture<Void>> deliveries = IntStream.range(0, threads)
                .mapToObj(i -> CompletableFuture.runAsync(() -> untilDelivered(attempt, i), Thread::startVirtualThread))
                .toList();
        CompletableFuture.allOf(deliveries.toArray(CompletableFuture[]::new)).get(60, TimeUnit.SECONDS);
    }

    private static void untilDelivered(Attempt attempt, int i) {
        while (true) {
            try {
                attempt.deliver(i);
                return;
            } catch (DeliveryException e) {
                if (!e.code().equals("Iceberg.CommitFailed")) {
                    throw new IllegalStateException(e);
                }
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private Destination open() {
        return open(configuration -> configuration);
    }

    private Destination open(UnaryOperator<IcebergDestinationConfiguration.Builder> change) {
        Destination destination = tests.destination(change);
        opened.add(destination);
        return destination;
    }

    private static DeliveryException failure(Destination destination, Delivery delivery) {
        return Objects.requireNonNull(
                catchThrowableOfType(DeliveryException.class, () -> destination.deliver(delivery)), "it was delivered");
    }

    private static List<String> rows(TableIdentifier table) throws IOException {
        try (CloseableIterable<Record> rows =
                IcebergGenerics.read(catalog.loadTable(table)).build()) {
            return StreamSupport.stream(rows.spliterator(), false)
                    .map(Record::toString)
                    .toList();
        }
    }

    private static List<DataFile> files(TableIdentifier table) throws IOException {
        try (CloseableIterable<FileScanTask> tasks =
                catalog.loadTable(table).newScan().planFiles()) {
            return StreamSupport.stream(tasks.spliterator(), false)
                    .map(FileScanTask::file)
                    .toList();
        }
    }

    /** Asks DuckDB, which knows nothing of Iceberg here, about the data files that the table's metadata names. */
    private static List<String> duck(String sql) throws IOException, SQLException {
        String files = files(CLICKS).stream()
                .map(file -> file.location().substring("s3://lake/".length()))
                .map(key -> "'" + s3.file("lake", key) + "'")
                .collect(Collectors.joining(",", "[", "]"));
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        sql.replace("FILES_LIST", files).replace("FILES", "read_parquet(" + files + ")"))) {
            List<String> rows = new ArrayList<>();
            while (result.next()) {
                List<String> row = new ArrayList<>();
                for (int i = 1; i <= result.getMetaData().getColumnCount(); i++) {
                    row.add(String.valueOf(result.getString(i)));
                }
                rows.add(String.join("|", row));
            }
            return rows;
        }
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
