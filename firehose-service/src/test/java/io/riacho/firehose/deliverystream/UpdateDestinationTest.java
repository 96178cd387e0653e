package io.riacho.firehose.deliverystream;

import static io.riacho.firehose.deliverystream.FirehoseServer.BUCKET;
import static io.riacho.firehose.deliverystream.FirehoseServer.ROLE;
import static io.riacho.firehose.deliverystream.FirehoseServer.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.ConcurrentModificationException;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.UpdateDestinationRequest;

/** Destinations are changed, version for version. */
class UpdateDestinationTest {

    private static final String DESTINATION = "destinationId-000000000001";

    private final FirehoseServer server = FirehoseServer.shared();
    private final FirehoseClient client = server.client();
    private final DeliveryStreams streams = server.streams();
    private final String name = server.activeStream();

    @Test
    void anUpdateChangesWhatItSaysAndMakesTheNextVersion() {
        client.updateDestination(update("1")
                .extendedS3DestinationUpdate(s3 -> s3.prefix("new/").compressionFormat(CompressionFormat.GZIP))
                .build());

        assertThat(server.describe(name)).satisfies(described -> {
            assertThat(described.versionId()).isEqualTo("2");
            assertThat(described.lastUpdateTimestamp()).isAfterOrEqualTo(described.createTimestamp());
            assertThat(described.destinations()).singleElement().satisfies(destination -> {
                assertThat(destination.destinationId()).isEqualTo(DESTINATION);
                assertThat(destination.extendedS3DestinationDescription().prefix())
                        .isEqualTo("new/");
                assertThat(destination.s3DestinationDescription().compressionFormat())
                        .isEqualTo(CompressionFormat.GZIP);
                assertThat(destination.extendedS3DestinationDescription().bucketARN())
                        .isEqualTo(BUCKET);
            });
        });
        assertThat(server.listener()
                        .await(name, stream -> stream.version() == 2)
                        .isActive())
                .isTrue();
    }

    @Test
    void theOlderKindOfUpdateIsOneOfBucketsToo() {
        client.updateDestination(
                update("1").s3DestinationUpdate(s3 -> s3.prefix("older/")).build());

        assertThat(server.describe(name)
                        .destinations()
                        .getFirst()
                        .extendedS3DestinationDescription()
                        .prefix())
                .isEqualTo("older/");
    }

    @Test
    void whatComesOutOfAnUpdateHasToBeRight() {
        assertThatThrownBy(() -> client.updateDestination(update("1")
                        .extendedS3DestinationUpdate(s3 -> s3.dynamicPartitioningConfiguration(on -> on.enabled(true)))
                        .build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("BufferingHints.SizeInMBs must be at least 64");
        assertThat(server.describe(name).versionId()).isEqualTo("1");
    }

    @Test
    void whoKnowsAnOlderVersionIsToldSo() {
        client.updateDestination(
                update("1").s3DestinationUpdate(s3 -> s3.prefix("mine/")).build());

        assertThatThrownBy(() -> client.updateDestination(update("1")
                        .s3DestinationUpdate(s3 -> s3.prefix("yours/"))
                        .build()))
                .isInstanceOf(ConcurrentModificationException.class);
        assertThat(server.describe(name).versionId()).isEqualTo("2");
    }

    @Test
    void aBucketDoesNotBecomeSomethingElse() {
        assertThatThrownBy(() -> client.updateDestination(update("1")
                        .splunkDestinationUpdate(splunk -> splunk.hecToken("t"))
                        .build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("It cannot be changed to Splunk.");
    }

    @Test
    void onlyOneDestinationIsThereToBeChanged() {
        assertThatThrownBy(() -> client.updateDestination(update("1").build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("Exactly one destination configuration");
        assertThatThrownBy(() -> client.updateDestination(update("1")
                        .destinationId("destinationId-000000000002")
                        .s3DestinationUpdate(s3 -> s3.prefix("p/"))
                        .build()))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("destinationId-000000000002");
    }

    @Test
    void onlyAnActiveDeliveryStreamIsChanged() {
        server.listener().hold("deleting", name);
        client.deleteDeliveryStream(request -> request.deliveryStreamName(name));

        assertThatThrownBy(() -> client.updateDestination(
                        update("1").s3DestinationUpdate(s3 -> s3.prefix("p/")).build()))
                .isInstanceOf(ResourceInUseException.class);

        server.listener().letGo("deleting", name);
        server.listener().awaitGone(name);
        assertThatThrownBy(() -> client.updateDestination(
                        update("1").s3DestinationUpdate(s3 -> s3.prefix("p/")).build()))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void secretsStayWhereAnUpdateDoesNotSayThem() {
        String splunk = newName();
        client.createDeliveryStream(request -> request.deliveryStreamName(splunk)
                .splunkDestinationConfiguration(hec -> hec.hecEndpoint("https://splunk:8088")
                        .hecEndpointType("Event")
                        .hecToken("the-token")
                        .s3Configuration(
                                s3 -> s3.roleARN(ROLE).bucketARN(BUCKET).prefix("failed/"))));
        DeliveryStream unused = server.listener().awaitActive(splunk);
        client.updateDestination(request -> request.deliveryStreamName(splunk)
                .currentDeliveryStreamVersionId("1")
                .destinationId(DESTINATION)
                .splunkDestinationUpdate(hec ->
                        hec.hecEndpointType("Raw").s3Update(s3 -> s3.compressionFormat(CompressionFormat.GZIP))));

        assertThat(server.describe(splunk).destinations().getFirst().splunkDestinationDescription())
                .satisfies(described -> {
                    assertThat(described.hecToken()).isEqualTo("the-token");
                    assertThat(described.hecEndpointTypeAsString()).isEqualTo("Raw");
                    assertThat(described.s3DestinationDescription().prefix()).isEqualTo("failed/");
                    assertThat(described.s3DestinationDescription().compressionFormat())
                            .isEqualTo(CompressionFormat.GZIP);
                });
    }

    @Test
    void theVersionBeforeIsKnownForWhatIsUnderWay() {
        UUID id = streams.get(name).id();
        client.updateDestination(
                update("1").s3DestinationUpdate(s3 -> s3.prefix("two/")).build());
        assertThat(streams.destination(id, 1)).isPresent();

        client.updateDestination(
                update("2").s3DestinationUpdate(s3 -> s3.prefix("three/")).build());
        assertThat(streams.destination(id, 1)).isEmpty();
        assertThat(streams.destination(id, 2))
                .hasValueSatisfying(s3 -> assertThat(((ExtendedS3DestinationConfiguration) s3).prefix())
                        .isEqualTo("two/"));
        assertThat(streams.destination(id, 3)).isPresent();
    }

    private UpdateDestinationRequest.Builder update(String version) {
        return UpdateDestinationRequest.builder()
                .deliveryStreamName(name)
                .currentDeliveryStreamVersionId(version)
                .destinationId(DESTINATION);
    }
}
