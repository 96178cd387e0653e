package io.riacho.firehose.destination.redshift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.s3.S3Objects;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.warehouse.TestS3;
import io.riacho.firehose.destination.warehouse.WarehouseProperties;
import io.riacho.postgres.TestPostgres;
import io.riacho.postgres.TestPostgres.Database;
import io.riacho.protocol.AwsException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.sync.RequestBody;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.CopyCommand;
import software.amazon.awssdk.services.firehose.model.RedshiftDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;
import software.amazon.awssdk.services.s3.S3Client;
import software.amazon.awssdk.services.s3.model.S3Object;

/** Redshift's own driver, against no real Redshift: see {@link RedshiftShim}. */
@Timeout(60)
class RedshiftDestinationTest {

    @TempDir
    static Path folder;

    private static TestS3 s3;
    private static S3Client client;
    private static Database database;
    private static RedshiftShim shim;

    private final RedshiftDestinationType type = new RedshiftDestinationType(
            new WarehouseProperties(2, Duration.ofSeconds(5), Duration.ofSeconds(20), Duration.ofDays(1)),
            objects(),
            TestDeliveries.BUCKETS);

    @BeforeAll
    static void start() throws Exception {
        s3 = TestS3.start(folder);
        client = s3.client();
        client.createBucket(bucket -> bucket.bucket("stage"));
        database = TestPostgres.newDatabase();
        shim = new RedshiftShim(
                URI.create(database.url().substring("jdbc:".length())).getPort(), client);
    }

    @AfterAll
    static void stop() throws Exception {
        shim.close();
        client.close();
        s3.close();
    }

    @BeforeEach
    void makeTable() throws SQLException {
        sql("drop table if exists clicks");
        sql("create table clicks (id integer, who text)");
    }

    @AfterEach
    void clear() {
        keys().forEach(key ->
                client.deleteObject(delete -> delete.bucket("stage").key(key)));
    }

    @Test
    void recordsAreCopiedFromAnObjectThatAManifestNames() throws Exception {
        Delivery delivery = TestDeliveries.of("{\"id\":1,\"who\":\"it's\"}\n", "{\"id\":2}\n");
        try (Destination destination = open(configuration -> configuration)) {
            assertThat(destination.deliver(delivery)).isEqualTo(Delivered.ALL);
        }

        assertThat(rows()).isEqualTo("1 it's,2 null");
        assertThat(shim.copies().getLast())
                .matches(
                        "COPY \"clicks\" \\(\"id\", \"who\"\\) FROM 's3://stage/manifests/\\d{4}/\\d\\d/\\d\\d/\\d\\d/clicks-1-[0-9-]+-"
                                + delivery.id()
                                + "' IAM_ROLE 'arn:aws:iam::000000000000:role/firehose' MANIFEST JSON 'auto'");
        assertThat(keys())
                .hasSize(2)
                .anyMatch(key ->
                        key.startsWith("in/") && key.endsWith(delivery.id().toString()));
    }

    @Test
    void objectsAreCompressedWhereTheConfigurationSaysSo() throws Exception {
        try (Destination destination = open(configuration -> configuration
                .copyCommand(copy("JSON 'auto' GZIP"))
                .s3Configuration(bucket().toBuilder()
                        .compressionFormat(CompressionFormat.GZIP)
                        .build()))) {
            destination.deliver(TestDeliveries.of("{\"id\":3}\n"));
        }

        assertThat(rows()).isEqualTo("3 null");
    }

    @Test
    void aCopyThatFailsLoadsNothingAndIsTriedAgain() throws Exception {
        Delivery delivery = TestDeliveries.of("{\"id\":1}\n", "{\"id\":\"x\"}\n");
        try (Destination destination = open(configuration -> configuration)) {
            DeliveryException failure = failure(destination, delivery);

            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.code()).isEqualTo("Redshift.DataLoadFailed");
        }
        assertThat(rows()).isEmpty();
        assertThat(keys()).noneMatch(key -> key.startsWith("errors/"));
    }

    @Test
    void theManifestIsKeptAmongTheErrorsWhenTheTimeIsOver() throws Exception {
        Delivery delivery = TestDeliveries.of("{\"id\":\"x\"}\n");
        try (Destination destination =
                open(configuration -> configuration.retryOptions(retry -> retry.durationInSeconds(0)))) {
            assertThat(failure(destination, delivery).isRetryable()).isTrue();
        }

        assertThat(keys())
                .anyMatch(key -> key.startsWith("errors/manifests/")
                        && key.endsWith(delivery.id().toString()));
    }

    @Test
    void aClusterThatIsAwayIsToldWithoutSecrets() throws Exception {
        try (Destination destination = open(configuration -> configuration
                .clusterJDBCURL("jdbc:redshift://127.0.0.1:1/dev?ssl=false")
                .password("secret-password"))) {
            DeliveryException failure = failure(destination, TestDeliveries.of("{\"id\":1}\n"));

            assertThat(failure.isRetryable()).isTrue();
            assertThat(failure.getMessage()).contains("127.0.0.1:1").doesNotContain("secret-password");
        }
    }

    @Test
    void aUrlOfPostgresqlIsAWarehouseThatIsCopiedToDirectly() throws Exception {
        try (Destination destination = open(configuration -> configuration
                .clusterJDBCURL(database.url())
                .username(database.user())
                .password(database.password()))) {
            destination.deliver(TestDeliveries.of("{\"id\":5}"));
        }

        assertThat(rows()).isEqualTo("5 null");
        assertThat(keys()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "JSON 'auto'; drop table clicks",
                "JSON 'auto' --",
                "CREDENTIALS 'aws_access_key_id=a'",
                "IAM_ROLE 'arn'",
                "MANIFEST",
                "NOLOAD",
                "DELIMITER '\\'",
                "DELIMITER '\\'' drop table clicks --'",
                "JSON 'auto' GZIP",
                "select 1"
            })
    void optionsThatAreNotKnownAreRefused(String options) {
        assertThatThrownBy(() ->
                        type.complete(configuration().copyCommand(copy(options)).build()))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("CopyOptions");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "socketFactory=x.Y",
                "sslfactory=x.Y",
                "plugin_name=x.Y",
                "IniFile=/etc/passwd",
                "LogPath=/etc",
                "sslmode=disable",
                "sslrootcert=/x"
            })
    void parametersThatAreNotKnownToBeHarmlessAreRefused(String parameter) {
        assertThatThrownBy(() -> type.complete(configuration()
                        .clusterJDBCURL("jdbc:redshift://cluster.example.com:5439/dev?" + parameter)
                        .build()))
                .isInstanceOf(AwsException.class)
                .hasMessageContaining("ClusterJDBCURL");
    }

    @Test
    void aClusterOfAwsIsRedshiftWithPostgresqlsPrefixToo() {
        RedshiftDestinationConfiguration complete = type.complete(configuration()
                .clusterJDBCURL(
                        "jdbc:postgresql://examplecluster.abc123xyz789.us-west-2.redshift.amazonaws.com:5439/dev")
                .copyCommand(copy("JSON 's3://paths/x.json' MAXERROR 5"))
                .build());

        assertThat(complete.retryOptions().durationInSeconds()).isEqualTo(3600);
    }

    private Destination open(UnaryOperator<RedshiftDestinationConfiguration.Builder> change) {
        return type.open(
                TestDeliveries.STREAM,
                type.complete(change.apply(configuration()).build()));
    }

    private static RedshiftDestinationConfiguration.Builder configuration() {
        return RedshiftDestinationConfiguration.builder()
                .roleARN("arn:aws:iam::000000000000:role/firehose")
                .clusterJDBCURL("jdbc:redshift://127.0.0.1:" + shim.port() + "/"
                        + database.url().substring(database.url().lastIndexOf('/') + 1) + "?ssl=false")
                .username(database.user())
                .password(database.password())
                .copyCommand(copy("JSON 'auto'"))
                .s3Configuration(bucket());
    }

    private static CopyCommand copy(String options) {
        return CopyCommand.builder()
                .dataTableName("clicks")
                .dataTableColumns("id, who")
                .copyOptions(options)
                .build();
    }

    private static S3DestinationConfiguration bucket() {
        return S3DestinationConfiguration.builder()
                .roleARN("arn:aws:iam::000000000000:role/firehose")
                .bucketARN("arn:aws:s3:::stage")
                .prefix("in/")
                .build();
    }

    private static S3Objects objects() {
        return (bucket, key, contentType, contentEncoding, writer) -> {
            ByteArrayOutputStream bytes = new ByteArrayOutputStream();
            try {
                writer.write(bytes);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            client.putObject(
                    put -> put.bucket(bucket).key(key).contentType(contentType).contentEncoding(contentEncoding),
                    RequestBody.fromBytes(bytes.toByteArray()));
        };
    }

    private static List<String> keys() {
        return client.listObjectsV2(list -> list.bucket("stage")).contents().stream()
                .map(S3Object::key)
                .toList();
    }

    private static DeliveryException failure(Destination destination, Delivery delivery) {
        return Objects.requireNonNull(
                catchThrowableOfType(DeliveryException.class, () -> destination.deliver(delivery)), "it was delivered");
    }

    private static void sql(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static String rows() throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet result = statement.executeQuery(
                        "select coalesce(string_agg(id || ' ' || coalesce(who, 'null'), ',' order by id), '') from clicks")) {
            result.next();
            return result.getString(1);
        }
    }

    private static Connection connect() throws SQLException {
        return DriverManager.getConnection(database.url(), database.user(), database.password());
    }
}
