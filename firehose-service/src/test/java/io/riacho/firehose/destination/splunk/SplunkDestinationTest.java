package io.riacho.firehose.destination.splunk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationContract;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.web.TestBuckets;
import io.riacho.firehose.destination.web.TestServer;
import io.riacho.firehose.destination.web.TestServer.Question;
import io.riacho.firehose.destination.web.WebClient;
import io.riacho.protocol.AwsException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.HECEndpointType;
import software.amazon.awssdk.services.firehose.model.SplunkDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.SplunkS3BackupMode;

/** Delivery to a collector that follows Splunk's public documentation: see {@link TestHec}, which is no Splunk. */
class SplunkDestinationTest extends DestinationContract {

    private static final String TOKEN = "6b2f1c5e-0000-4000-8000-2f5e2c7a9a11";

    private final WebClient web = new WebClient(null, 4);
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(web));
    private TestHec hec;

    @BeforeEach
    void start() throws Exception {
        hec = new TestHec(TOKEN);
        opened.add(hec);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    private Destination at(URI url, Duration timeout, Consumer<SplunkDestinationConfiguration.Builder> more) {
        SplunkDestinationType type = new SplunkDestinationType(web, TestBuckets.CONFIGURATIONS, timeout);
        return type.open(TestDeliveries.STREAM, type.complete(given(given -> {
            given.hecEndpoint(url.toString());
            more.accept(given);
        })));
    }

    private Destination at(URI url) {
        return at(url, Duration.ofSeconds(20), _ -> {});
    }

    private static SplunkDestinationConfiguration given(Consumer<SplunkDestinationConfiguration.Builder> more) {
        SplunkDestinationConfiguration.Builder given = SplunkDestinationConfiguration.builder()
                .hecEndpoint("https://splunk.example:8088")
                .hecEndpointType(HECEndpointType.EVENT)
                .hecToken(TOKEN)
                .s3Configuration(TestBuckets.BACKUP);
        more.accept(given);
        return given.build();
    }

    @Override
    protected byte[] record(int number) {
        return ("{\"event\":{\"number\":" + number + "}}").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    protected boolean doublesNothing() {
        return false;
    }

    @Override
    protected boolean takesAnyBytes() {
        return false;
    }

    @Override
    protected Destination working() {
        return at(hec.url());
    }

    @Override
    protected List<byte[]> received() {
        return hec.indexed();
    }

    private TestServer server(TestServer server) {
        opened.add(server);
        return server;
    }

    @Override
    protected Destination silent(Duration timeout) throws Exception {
        return at(server(TestServer.silent()).url(), timeout, given -> given.hecEndpointType(HECEndpointType.RAW));
    }

    @Override
    protected void awaitQuestion() throws Exception {
        ((TestServer) opened.getLast()).awaitQuestion();
    }

    @Override
    protected Destination notLetIn() {
        return at(
                hec.url(),
                Duration.ofSeconds(20),
                given -> given.hecToken(secret()).hecEndpointType(HECEndpointType.RAW));
    }

    @Override
    protected String secret() {
        return "not-the-token";
    }

    @Override
    protected Destination flooded() throws Exception {
        return at(
                server(TestServer.flooding()).url(),
                Duration.ofSeconds(20),
                given -> given.hecEndpointType(HECEndpointType.RAW));
    }

    @Override
    protected Destination away() throws Exception {
        return at(TestServer.nowhere(), Duration.ofSeconds(20), given -> given.hecEndpointType(HECEndpointType.RAW));
    }

    @Test
    void rawRecordsAreLines() throws Exception {
        Destination destination =
                at(hec.url(), Duration.ofSeconds(20), given -> given.hecEndpointType(HECEndpointType.RAW));

        Delivered delivered = destination.deliver(TestDeliveries.of("one", "two\n", "{not json"));

        assertThat(delivered).isEqualTo(Delivered.ALL);
        assertThat(hec.indexed().stream().map(line -> new String(line, StandardCharsets.UTF_8)))
                .containsExactly("one", "two", "{not json");
    }

    @Test
    void aRequestHasTheStreamsChannelAndItsAcknowledgementIsAskedForAtTheSameNode() throws Exception {
        working().deliver(TestDeliveries.of("{\"event\":1}"));

        List<String> channels = hec.questions().stream()
                .map(question -> question.header("X-Splunk-Request-Channel"))
                .distinct()
                .toList();
        assertThat(channels).hasSize(1).first().asString().matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
        Question last = hec.questions().getLast();
        assertThat(last.uri()).hasToString("/services/collector/ack?channel=" + channels.getFirst());
        assertThat(last.header("Cookie")).isEqualTo("node=one");
    }

    @Test
    void whatIsTakenIsDeliveredWhenItIsAcknowledged() throws Exception {
        hec.acknowledgeAfter(3);

        assertThat(working().deliver(TestDeliveries.of("{\"event\":1}"))).isEqualTo(Delivered.ALL);

        assertThat(asked("/services/collector/ack")).isEqualTo(5);
        assertThat(asked("/services/collector/event")).isEqualTo(1);
    }

    private long asked(String path) {
        return hec.questions().stream()
                .filter(question -> question.uri().getPath().equals(path))
                .count();
    }

    @Test
    void whatIsNeverAcknowledgedIsTriedAgainLater() {
        hec.loseAcknowledgements();

        DeliveryException failure = failure(impatient());

        assertThat(failure.code()).isEqualTo("Splunk.AckTimeout");
        assertThat(failure.isRetryable()).isTrue();
    }

    /** With a patience that is shorter than the API allows. */
    private Destination impatient() {
        SplunkDestinationType type = new SplunkDestinationType(web, TestBuckets.CONFIGURATIONS, Duration.ofSeconds(20));
        return type.open(
                TestDeliveries.STREAM,
                type.complete(
                        given(given -> given.hecEndpoint(hec.url().toString()).hecAcknowledgmentTimeoutInSeconds(1))));
    }

    @Test
    void aNodeThatDoesNotKnowTheChannelIsTold() {
        hec.forgetChannels();

        assertThat(failure(impatient()).code()).isEqualTo("Splunk.ProxyWithoutStickySessions");
    }

    @Test
    void nothingIsSentWhereNothingIsAcknowledged() {
        hec.acknowledgeNothing();

        assertThat(failure(working()).code()).isEqualTo("Splunk.DisabledAck");
        assertThat(hec.indexed()).isEmpty();
    }

    @Test
    void aBusyServerIsTriedAgainLater() throws Exception {
        hec.beBusy(1);
        Destination destination = working();

        assertThat(failure(destination).code()).isEqualTo("Splunk.IndexerBusy");

        assertThat(destination.deliver(TestDeliveries.of("{\"event\":1}"))).isEqualTo(Delivered.ALL);
    }

    @Test
    void anEventThatSplunkDoesNotTakeIsRejectedAlone() throws Exception {
        Delivery delivery = TestDeliveries.of(
                "{\"event\":1}{\"event\":2}",
                "{\"no\":1}",
                "{\"event\":3}",
                "{\"event\":4} {\"no\":2}",
                "{\"event\":5}");

        Delivered delivered = working().deliver(delivery);

        assertThat(delivered.postponed()).isEmpty();
        assertThat(delivered.rejected())
                .extracting(Rejection::record)
                .containsExactly(delivery.records().get(1), delivery.records().get(3));
        assertThat(delivered.rejected()).extracting(Rejection::code).containsOnly("Splunk.InvalidDataFormat");
        assertThat(delivered.rejected().getFirst().details()).isEqualTo(Map.of("EventId", "1.0"));
        assertThat(hec.indexed().stream().map(event -> new String(event, StandardCharsets.UTF_8)))
                .containsExactly("{\"event\":1}", "{\"event\":2}", "{\"event\":3}", "{\"event\":5}");
    }

    @Test
    void whatFailsBesideWhatIsRejectedIsPostponed() throws Exception {
        hec.beBusy(1);
        Delivery delivery = TestDeliveries.of("no event", "{\"event\":1}");

        Delivered delivered = working().deliver(delivery);

        assertThat(delivered.rejected())
                .extracting(Rejection::record)
                .containsExactly(delivery.records().get(0));
        assertThat(delivered.postponed())
                .extracting(Rejection::record)
                .containsExactly(delivery.records().get(1));
        assertThat(delivered.postponed()).extracting(Rejection::code).containsExactly("Splunk.IndexerBusy");
    }

    private static DeliveryException failure(Destination destination) {
        return Objects.requireNonNull(catchThrowableOfType(
                DeliveryException.class, () -> destination.deliver(TestDeliveries.of("{\"event\":1}"))));
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheApi() {
        SplunkDestinationType type = type();

        SplunkDestinationConfiguration complete = type.complete(given(_ -> {}));

        assertThat(complete.hecAcknowledgmentTimeoutInSeconds()).isEqualTo(180);
        assertThat(complete.retryOptions().durationInSeconds()).isEqualTo(3600);
        assertThat(complete.s3BackupMode()).isEqualTo(SplunkS3BackupMode.FAILED_EVENTS_ONLY);
        assertThat(type.complete(complete)).isEqualTo(complete);
        DestinationPlan plan = type.plan(complete);
        assertThat(plan.hints()).isEqualTo(BufferHints.of(5, 60));
        assertThat(plan.retry()).isEqualTo(Duration.ofHours(1));
        assertThat(plan.errorDirectory()).isEqualTo("splunk-failed");
        assertThat(plan.backsUpAll()).isFalse();
    }

    private SplunkDestinationType type() {
        return new SplunkDestinationType(web, TestBuckets.CONFIGURATIONS, Duration.ofMinutes(1));
    }

    @Test
    void whatCannotBeHonouredIsRefusedByName() {
        assertRefused("HECEndpoint", given -> given.hecEndpoint("splunk.example"));
        assertRefused("HECEndpoint", given -> given.hecEndpoint("ftp://splunk.example"));
        assertRefused("HECToken", given -> given.hecToken(null));
        assertRefused("HECToken", given -> given.hecToken("secret\nX: y"));
        assertRefused("HECEndpointType", given -> given.hecEndpointType("Other"));
        assertRefused(
                "SecretsManagerConfiguration",
                given -> given.secretsManagerConfiguration(secrets -> secrets.enabled(true)));
        assertRefused(
                "CloudWatchLoggingOptions", given -> given.cloudWatchLoggingOptions(logging -> logging.enabled(true)));
    }

    private void assertRefused(String member, Consumer<SplunkDestinationConfiguration.Builder> more) {
        assertThatThrownBy(() -> type().complete(given(more)))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(member);
    }
}
