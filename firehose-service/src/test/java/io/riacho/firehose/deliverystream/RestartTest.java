package io.riacho.firehose.deliverystream;

import static io.riacho.firehose.deliverystream.FirehoseServer.BUCKET;
import static io.riacho.firehose.deliverystream.FirehoseServer.KEY;
import static io.riacho.firehose.deliverystream.FirehoseServer.ROLE;
import static io.riacho.firehose.deliverystream.FirehoseServer.bucket;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.postgres.TestPostgres;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.KeyType;
import software.amazon.awssdk.services.firehose.model.LimitExceededException;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;

/** Processes that end and begin anew, and several on one database. */
class RestartTest {

    private final TestPostgres.Database database = TestPostgres.newDatabase();
    private final Path folder = FirehoseServer.newFolder();
    private final TestListener listener = new TestListener();

    @Test
    void aRestartKnowsAllAndGoesOnWithWhatWasBegun() throws SQLException {
        String kinesis = "kinesis";
        try (FirehoseServer first = start(listener)) {
            first.client()
                    .createDeliveryStream(request -> request.deliveryStreamName(kinesis)
                            .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                            .kinesisStreamSourceConfiguration(source -> source.kinesisStreamARN(
                                            "arn:aws:kinesis:eu-central-1:123456789012:stream/s")
                                    .roleARN(ROLE))
                            .tags(tag -> tag.key("team").value("blue"))
                            .extendedS3DestinationConfiguration(bucket()));
            listener.awaitActive(kinesis);
            first.client()
                    .updateDestination(request -> request.deliveryStreamName(kinesis)
                            .currentDeliveryStreamVersionId("1")
                            .destinationId("destinationId-000000000001")
                            .s3DestinationUpdate(s3 -> s3.prefix("two/")));
            create(first, "deleted");
            create(first, "encrypted");
            listener.awaitActive("deleted");
            listener.awaitActive("encrypted");
            listener.hold("creating", "created");
            listener.hold("deleting", "deleted");
            listener.hold("enable", "encrypted");
            create(first, "created");
            first.client().deleteDeliveryStream(request -> request.deliveryStreamName("deleted"));
            first.client()
                    .startDeliveryStreamEncryption(request -> request.deliveryStreamName("encrypted")
                            .deliveryStreamEncryptionConfigurationInput(input ->
                                    input.keyType(KeyType.CUSTOMER_MANAGED_CMK).keyARN(KEY)));
            listener.awaitBegun("creating", "created");
            listener.awaitBegun("deleting", "deleted");
            listener.awaitBegun("enable", "encrypted");
            String before = description(first, kinesis);

            first.close();
            assertThat(listener.done("created")).isEmpty();
            claimForAProcessThatWasKilled();

            TestListener next = new TestListener();
            try (FirehoseServer second = start(next)) {
                assertThat(next.awaitActive("created").version()).isEqualTo(1);
                next.awaitGone("deleted");
                next.await(
                        "encrypted", stream -> stream.encryption().status() == DeliveryStreamEncryptionStatus.ENABLED);
                assertThat(next.done("created")).containsExactly("creating");
                assertThat(next.done("deleted")).containsExactly("deleting");
                assertThat(next.done("encrypted")).containsExactly("enable");
                assertThat(next.done(kinesis)).isEmpty();
                assertThat(description(second, kinesis)).isEqualTo(before);
                assertThat(second.streams().get(kinesis).tags()).containsEntry("team", "blue");
                assertThatThrownBy(() -> second.describe("deleted")).isInstanceOf(ResourceNotFoundException.class);
            }
        }
    }

    @Test
    void processesSeeEachOthersChangesAndOneOfThemDoesTheWork() {
        TestListener others = new TestListener();
        try (FirehoseServer one = start(listener);
                FirehoseServer two = start(others)) {
            create(one, "shared");
            listener.awaitActive("shared");
            others.awaitActive("shared");
            assertThat(two.describe("shared").deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);

            two.client()
                    .updateDestination(request -> request.deliveryStreamName("shared")
                            .currentDeliveryStreamVersionId("1")
                            .destinationId("destinationId-000000000001")
                            .s3DestinationUpdate(s3 -> s3.prefix("two/")));
            listener.await("shared", stream -> stream.version() == 2);
            two.client()
                    .tagDeliveryStream(request -> request.deliveryStreamName("shared")
                            .tags(tag -> tag.key("team").value("blue")));
            listener.await("shared", stream -> stream.tags().containsKey("team"));

            one.client().deleteDeliveryStream(request -> request.deliveryStreamName("shared"));
            listener.awaitGone("shared");
            others.awaitGone("shared");
            assertThat(listener.done("shared").size() + others.done("shared").size())
                    .as("created once and deleted once")
                    .isEqualTo(2);
        }
    }

    @Test
    void whatOneProcessDoesNoOtherBeginsHoweverLongItTakes() {
        TestListener others = new TestListener();
        listener.hold("creating", "slow");
        try (FirehoseServer one = start(listener);
                FirehoseServer two = start(others)) {
            create(one, "slow");
            listener.awaitBegun("creating", "slow");
            others.await("slow", stream -> stream.status() == DeliveryStreamStatus.CREATING);
            // Each of them lets the other process look around at least once; together longer than a claim counts.
            for (int i = 0; i < 8; i++) {
                String name = "meanwhile-" + i;
                create(one, name);
                others.awaitActive(name);
            }

            assertThat(others.done("slow")).isEmpty();
            listener.letGo("creating", "slow");
            others.awaitActive("slow");
            assertThat(listener.done("slow")).containsExactly("creating");
            assertThat(others.done("slow")).isEmpty();
            assertThat(two.describe("slow").deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);
        }
    }

    @Test
    void aProcessGoesOnWithWhatAnotherLeft() {
        TestListener others = new TestListener();
        listener.hold("creating", "left");
        try (FirehoseServer one = start(listener);
                FirehoseServer two = start(others)) {
            others.hold("creating", "left");
            create(one, "left");
            listener.awaitBegun("creating", "left");
            others.letGo("creating", "left");
            assertThat(two.streams().find("other")).isEmpty();

            one.close();
            others.awaitActive("left");
            assertThat(others.done("left")).containsExactly("creating");
        }
    }

    @Test
    void thereAreOnlySoManyDeliveryStreams() {
        try (FirehoseServer server =
                new FirehoseServer(database, folder, listener, "--riacho.firehose.max-delivery-streams=2")) {
            create(server, "one");
            create(server, "two");

            assertThatThrownBy(() -> create(server, "three"))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessageContaining("You have already consumed your firehose quota of 2 hoses.");

            listener.awaitActive("one");
            server.client().deleteDeliveryStream(request -> request.deliveryStreamName("one"));
            listener.awaitGone("one");
            create(server, "three");
        }
    }

    @Test
    void secretsAreSealedInTheDatabaseByAKeyInTheFolder() throws Exception {
        try (FirehoseServer server = start(listener)) {
            server.client()
                    .createDeliveryStream(request -> request.deliveryStreamName("splunk")
                            .splunkDestinationConfiguration(hec -> hec.hecEndpoint("https://splunk:8088")
                                    .hecEndpointType("Event")
                                    .hecToken("the-token")
                                    .s3Configuration(s3 -> s3.roleARN(ROLE).bucketARN(BUCKET))));
            listener.awaitActive("splunk");
        }
        Path key = folder.resolve("configuration-key");

        assertThat(stored()).contains("SplunkDestinationConfiguration").doesNotContain("the-token", "splunk:8088");
        assertThat(Files.getPosixFilePermissions(key)).isEqualTo(PosixFilePermissions.fromString("rw-------"));

        byte[] right = Files.readAllBytes(key);
        Files.delete(key);
        assertThatThrownBy(() -> start(new TestListener())).rootCause().hasMessageContaining("is missing");
        try (FirehoseServer other =
                new FirehoseServer(TestPostgres.newDatabase(), FirehoseServer.newFolder(), new TestListener())) {
            Files.write(key, otherKey(other));
        }
        assertThatThrownBy(() -> start(new TestListener())).hasStackTraceContaining("is not the key that");

        Files.write(key, right);
        try (FirehoseServer again = start(new TestListener())) {
            assertThat(description(again, "splunk")).contains("the-token");
        }
    }

    private void claimForAProcessThatWasKilled() throws SQLException {
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement()) {
            statement.execute("update firehose.delivery_stream set claimed_by = gen_random_uuid(),"
                    + " claimed_until = now() + interval '1 second'");
        }
    }

    private static byte[] otherKey(FirehoseServer other) throws IOException {
        return Files.readAllBytes(other.folder().resolve("configuration-key"));
    }

    private String stored() throws SQLException {
        StringBuilder all = new StringBuilder();
        try (Connection connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(
                        "select s.*, c.* from firehose.delivery_stream s join firehose.destination_configuration c on"
                                + " c.stream_id = s.id")) {
            while (rows.next()) {
                for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
                    all.append(
                            rows.getMetaData().getColumnTypeName(column).equals("bytea")
                                    ? new String(rows.getBytes(column), StandardCharsets.ISO_8859_1)
                                    : rows.getString(column));
                    all.append('\n');
                }
            }
        }
        return all.toString();
    }

    private FirehoseServer start(TestListener told) {
        return new FirehoseServer(database, folder, told);
    }

    private static void create(FirehoseServer server, String name) {
        server.client()
                .createDeliveryStream(
                        request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket()));
    }

    private static String description(FirehoseServer server, String name) {
        return server.send("DescribeDeliveryStream", "{\"DeliveryStreamName\":\"" + name + "\"}")
                .body();
    }
}
