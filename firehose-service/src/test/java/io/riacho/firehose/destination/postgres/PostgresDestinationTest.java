package io.riacho.firehose.destination.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.postgres.TestPostgres;
import io.riacho.postgres.TestPostgres.Database;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class PostgresDestinationTest {

    private static final WarehouseProperties IMPATIENT =
            new WarehouseProperties(2, Duration.ofSeconds(2), Duration.ofSeconds(20), Duration.ofDays(1));

    private static Database database;

    private final List<Destination> opened = new ArrayList<>();

    @BeforeAll
    static void makeDatabase() {
        database = TestPostgres.newDatabase();
    }

    @BeforeEach
    void makeTable() throws SQLException {
        sql("drop table if exists riacho_loads");
        sql("drop table if exists clicks");
        sql("create table clicks (id integer, who text, at timestamptz, seen jsonb, more integer default 7)");
    }

    @AfterEach
    void close() {
        opened.forEach(Destination::close);
    }

    @Test
    void objectsBecomeRowsByTheirMembers() throws Exception {
        assertThat(json().deliver(TestDeliveries.of(
                        "{\"id\": 1, \"who\": \"a\\tb\\\\ \\u00e9 \\\"q\\\"\", \"at\": \"2026-11-26T10:00:00Z\", \"seen\": {\"x\": [1]}}",
                        "{\"id\": 2,\n\t\"unknown\": true}\n")))
                .isEqualTo(Delivered.ALL);

        assertThat(rows("select id, who, at at time zone 'UTC', seen from clicks order by id"))
                .containsExactly("1|a\tb\\ é \"q\"|2026-11-26 10:00:00|{\"x\": [1]}", "2|null|null|null");
    }

    @Test
    void severalObjectsInOneRecordAreSeveralRows() throws Exception {
        json().deliver(TestDeliveries.of("{\"id\":1}{\"id\":2}\n{\"id\":3}\n"));

        assertThat(rows("select id from clicks order by id")).containsExactly("1", "2", "3");
    }

    @Test
    void namesOfMembersCanBeComparedWithoutTheirCase() throws Exception {
        open("JSON 'auto ignorecase'", "clicks", null).deliver(TestDeliveries.of("{\"ID\": 4, \"Who\": \"x\"}", "{}"));

        assertThat(rows("select id, who from clicks")).containsExactlyInAnyOrder("4|x", "null|null");
    }

    @Test
    void csvIsReadWithItsQuotesAndLineEnds() throws Exception {
        open("CSV", "clicks", "id, who")
                .deliver(TestDeliveries.of("1,\"a,\"\"b\"\"\nc\"\r\n", "2,back\\slash", "3,x\n4,y\n"));

        assertThat(rows("select id, who, more from clicks order by id"))
                .containsExactly("1|a,\"b\"\nc|7", "2|back\\slash|7", "3|x|7", "4|y|7");
    }

    @Test
    void withoutOptionsFieldsAreSeparatedByPipes() throws Exception {
        open(null, "clicks", "id, who").deliver(TestDeliveries.of("1|a\\tb", "2|\\N", "3|\\.", "4|\"q"));

        assertThat(rows("select id, who from clicks order by id"))
                .containsExactly("1|a\\tb", "2|null", "3|\\.", "4|\"q");
    }

    @Test
    void anotherDelimiterAndAnotherTextForNullCanBeGiven() throws Exception {
        open("DELIMITER AS '\\t' NULL AS 'nil' TIMEFORMAT 'auto'", "clicks", "id, who")
                .deliver(TestDeliveries.of("1\tnil", "2\t\\N"));

        assertThat(rows("select id, who from clicks order by id")).containsExactly("1|null", "2|\\N");
    }

    @Test
    void aDeliveryThatComesAgainIsNotLoadedAgain() throws Exception {
        Delivery delivery = TestDeliveries.of("{\"id\": 1}", "{\"id\": \"x\"}");

        Delivered first = json().deliver(delivery);
        Delivered again = json().deliver(delivery);

        assertThat(rows("select id from clicks")).containsExactly("1");
        assertThat(again).isEqualTo(first);
        assertThat(first.rejected()).hasSize(1);
    }

    @Test
    void aDeliveryThatComesTwiceAtTheSameTimeIsLoadedOnce() throws Exception {
        Destination destination = json();
        Delivery delivery = TestDeliveries.of("{\"id\": 1}");
        List<CompletableFuture<Void>> deliveries = IntStream.range(0, 8)
                .mapToObj(i -> CompletableFuture.runAsync(
                        () -> deliverUnchecked(destination, delivery), Thread::startVirtualThread))
                .toList();

        CompletableFuture.allOf(deliveries.toArray(CompletableFuture[]::new)).get(50, TimeUnit.SECONDS);

        assertThat(rows("select id from clicks")).containsExactly("1");
    }

    @Test
    void onlyTheRecordsAtFaultAreRejected() throws Exception {
        List<byte[]> records = new ArrayList<>();
        for (int i = 0; i < 2000; i++) {
            records.add(utf8("{\"id\": " + i + ", \"who\": \"w\"}"));
        }
        records.set(3, utf8("{\"id\": \"three\"}"));
        records.set(500, utf8("no json"));
        records.set(777, utf8("{\"id\": 777, \"who\": \"nul \\u0000\"}"));
        records.set(1000, new byte[] {(byte) 0xff, 0, 1, (byte) 0xfe});
        records.set(1001, new byte[0]);
        records.set(1999, utf8("[1]"));
        Delivery delivery = TestDeliveries.of(UUID.randomUUID(), records);

        Delivered delivered = json().deliver(delivery);

        assertThat(delivered.rejected().stream().map(Rejection::record))
                .containsExactlyInAnyOrder(
                        delivery.records().get(3),
                        delivery.records().get(500),
                        delivery.records().get(777),
                        delivery.records().get(1000),
                        delivery.records().get(1001),
                        delivery.records().get(1999));
        assertThat(delivered.rejected()).allMatch(rejection -> rejection.code().equals("Redshift.DataLoadFailed"));
        assertThat(rows("select count(*), count(distinct id) from clicks")).containsExactly("1994|1994");
    }

    @Test
    void aCsvRecordCannotSwallowTheNextOne() throws Exception {
        Delivered delivered = open("CSV", "clicks", "id, who")
                .deliver(TestDeliveries.of("1,\"open", "2,x", "3,\"y\"", "\\.", "4,z", "5,\"a\n\\.\nb\""));

        assertThat(delivered.rejected()).hasSize(3);
        assertThat(rows("select id, who from clicks order by id")).containsExactly("2|x", "3|y", "4|z");
    }

    @Test
    void twoCsvRecordsThatAreOneRowTogetherAreRejected() throws Exception {
        Delivered delivered =
                open("CSV", "clicks", "id, who").deliver(TestDeliveries.of("1,\"open", "closed\"", "2,x"));

        assertThat(delivered.rejected()).hasSize(2);
        assertThat(rows("select id, who from clicks")).containsExactly("2|x");
    }

    @Test
    void whereAllRecordsAreAtFaultNothingIsLoaded() throws Exception {
        Delivery delivery = TestDeliveries.of("{\"id\": \"a\"}", "{\"id\": \"b\"}");

        assertThat(json().deliver(delivery).rejected()).hasSize(2);
        assertThat(json().deliver(delivery).rejected()).hasSize(2);

        assertThat(rows("select delivery_id from riacho_loads")).isEmpty();
    }

    @Test
    void brokenConstraintsRejectTheirRecordAlsoWhereTheyAreDeferred() throws Exception {
        sql("alter table clicks add constraint one unique (id) deferrable initially deferred");

        Delivered delivered = json().deliver(TestDeliveries.of("{\"id\": 1}", "{\"id\": 2}", "{\"id\": 1}"));

        assertThat(delivered.rejected()).hasSize(1);
        assertThat(rows("select id from clicks order by id")).containsExactly("1", "2");
    }

    @Test
    void computedColumnsAreLeftToTheTable() throws Exception {
        sql(
                "alter table clicks add column n bigint generated always as identity, add column d integer generated always as (id * 2) stored");

        json().deliver(TestDeliveries.of("{\"id\": 21, \"n\": 99, \"d\": 1}"));

        assertThat(rows("select id, n, d from clicks")).containsExactly("21|1|42");
    }

    @Test
    void aMissingTableIsWaitedFor() throws Exception {
        Delivery delivery = TestDeliveries.of("{\"id\": 1}");
        sql("drop table clicks");
        DeliveryException missing = failure(json(), delivery);
        sql("create table clicks (id integer)");

        assertThat(missing.isRetryable()).isTrue();
        assertThat(missing.code()).isEqualTo("Redshift.TableNotFound");
        assertThat(missing).hasMessageContaining("\"clicks\"");
        assertThat(json().deliver(delivery)).isEqualTo(Delivered.ALL);
    }

    @Test
    void aMissingColumnIsWaitedFor() throws Exception {
        DeliveryException missing = failure(open("JSON 'auto'", "clicks", "id, colour"), TestDeliveries.of("{}"));

        assertThat(missing.isRetryable()).isTrue();
        assertThat(missing.code()).isEqualTo("Redshift.ColumnNotFound");
        assertThat(missing).hasMessageContaining("\"colour\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"JSON 'auto'", "CSV"})
    void namesWithAnythingInThemAreNamesOnly(String options) throws Exception {
        String evil = "x\"; drop table clicks; --";
        String quoted = "\"" + evil.replace("\"", "\"\"") + "\"";
        sql("drop schema if exists " + quoted + " cascade");
        sql("create schema " + quoted);
        sql("create table " + quoted + "." + quoted + " (" + quoted + " text)");

        open(options, quoted + "." + quoted, quoted)
                .deliver(TestDeliveries.of(
                        options.equals("CSV")
                                ? "'); drop table clicks; --"
                                : "{\"x\\\"; drop table clicks; --\": \"'); drop table clicks; --\"}"));

        assertThat(rows("select " + quoted + " from " + quoted + "." + quoted))
                .containsExactly("'); drop table clicks; --");
        assertThat(rows("select count(*) from clicks")).containsExactly("0");
    }

    @Test
    void aTextForNullWithQuotesInItIsATextOnly() throws Exception {
        open("CSV NULL AS '\\'')'", "clicks", "id, who").deliver(TestDeliveries.of("1,\\')", "2,x"));

        assertThat(rows("select id, who from clicks order by id")).containsExactly("1|null", "2|x");
    }

    @Test
    void aWrongPasswordIsToldWithoutIt() throws Exception {
        sql("drop role if exists loader");
        sql("create role loader login password 'right-one'");
        PostgresDestinationType type = new PostgresDestinationType(IMPATIENT, TestDeliveries.BUCKETS);
        Destination destination = type.open(
                TestDeliveries.STREAM,
                type.complete(TestConfigurations.of(database, "JSON 'auto'", "clicks", null).toBuilder()
                        .clusterJDBCURL("jdbc:postgresql://127.0.0.1:1/none")
                        .username("loader")
                        .password("wrong-secret")
                        .build()));
        opened.add(destination);

        DeliveryException refused = failure(destination, TestDeliveries.of("{}"));

        assertThat(refused.isRetryable()).isTrue();
        assertThat(refused.code()).isEqualTo("Redshift.ConnectionFailed");
        assertThat(refused.getMessage()).contains("127.0.0.1:1").doesNotContain("wrong-secret");
    }

    @Test
    void aServerThatSaysNothingIsLeftInTime() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
            Destination destination = at("jdbc:postgresql://127.0.0.1:" + silent.getLocalPort() + "/db");

            DeliveryException failure = failure(destination, TestDeliveries.of("{}"));

            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void anInterruptEndsADeliveryThatWaitsForALock() throws Exception {
        Destination destination = json();
        destination.deliver(TestDeliveries.of("{\"id\": 1}"));
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table clicks in access exclusive mode");
            CompletableFuture<Boolean> interrupted = new CompletableFuture<>();
            Thread delivering = Thread.ofVirtual().start(() -> {
                try {
                    destination.deliver(TestDeliveries.of("{\"id\": 2}"));
                    interrupted.complete(false);
                } catch (InterruptedException e) {
                    interrupted.complete(true);
                } catch (DeliveryException | RuntimeException e) {
                    interrupted.completeExceptionally(e);
                }
            });
            waitForALock();
            delivering.interrupt();

            assertThat(interrupted.get(40, TimeUnit.SECONDS)).isTrue();
            other.rollback();
        }
        assertThat(rows("select id from clicks")).containsExactly("1");
    }

    @Test
    void aTableThatIsLockedTooLongIsTriedAgainLater() throws Exception {
        PostgresDestinationType type = new PostgresDestinationType(
                new WarehouseProperties(1, Duration.ofSeconds(2), Duration.ofSeconds(1), Duration.ofDays(1)),
                TestDeliveries.BUCKETS);
        Destination destination = type.open(
                TestDeliveries.STREAM, type.complete(TestConfigurations.of(database, "JSON 'auto'", "clicks", null)));
        opened.add(destination);
        destination.deliver(TestDeliveries.of("{\"id\": 1}"));
        Delivery delivery = TestDeliveries.of("{\"id\": 2}");
        try (Connection other = connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("lock table clicks in access exclusive mode");

            assertThat(failure(destination, delivery).isRetryable()).isTrue();
            other.rollback();
        }
        assertThat(destination.deliver(delivery)).isEqualTo(Delivered.ALL);
        assertThat(rows("select id from clicks order by id")).containsExactly("1", "2");
    }

    @Test
    void tenThousandRecordsArriveWhole() throws Exception {
        List<byte[]> records = IntStream.range(0, 10_000)
                .mapToObj(i -> utf8("{\"id\": " + i + ", \"who\": \"" + "x".repeat(300) + "\"}"))
                .toList();

        assertThat(json().deliver(TestDeliveries.of(UUID.randomUUID(), records)))
                .isEqualTo(Delivered.ALL);

        assertThat(rows("select count(*), count(distinct id), min(length(who)) from clicks"))
                .containsExactly("10000|10000|300");
    }

    private Destination json() {
        return open("JSON 'auto'", "clicks", null);
    }

    private Destination at(String url) {
        PostgresDestinationType type = new PostgresDestinationType(IMPATIENT, TestDeliveries.BUCKETS);
        Destination destination = type.open(
                TestDeliveries.STREAM,
                type.complete(TestConfigurations.of(database, "JSON 'auto'", "clicks", null).toBuilder()
                        .clusterJDBCURL(url)
                        .build()));
        opened.add(destination);
        return destination;
    }

    private Destination open(@Nullable String options, String table, @Nullable String columns) {
        PostgresDestinationType type = new PostgresDestinationType(IMPATIENT, TestDeliveries.BUCKETS);
        Destination destination = type.open(
                TestDeliveries.STREAM, type.complete(TestConfigurations.of(database, options, table, columns)));
        opened.add(destination);
        return destination;
    }

    private static DeliveryException failure(Destination destination, Delivery delivery) {
        DeliveryException failure = catchThrowableOfType(DeliveryException.class, () -> destination.deliver(delivery));
        return Objects.requireNonNull(failure, "it was delivered");
    }

    private static void deliverUnchecked(Destination destination, Delivery delivery) {
        try {
            destination.deliver(delivery);
        } catch (DeliveryException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void waitForALock() throws SQLException {
        while (rows("select 1 from pg_stat_activity where wait_event_type = 'Lock'")
                .isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }

    private static void sql(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static List<String> rows(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(sql)) {
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
