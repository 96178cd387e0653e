package io.riacho.firehose.destination.http;

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
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.firehose.model.ContentEncoding;
import software.amazon.awssdk.services.firehose.model.HttpEndpointCommonAttribute;
import software.amazon.awssdk.services.firehose.model.HttpEndpointDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.HttpEndpointS3BackupMode;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Delivery to endpoints that follow AWS's specification of them, and to some that do not. */
class HttpEndpointDestinationTest extends DestinationContract {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String URL = "https://endpoint.example/intake?tenant=1";
    private static final String KEY = "the-key-of-the-endpoint";

    private final WebClient web = new WebClient(null, 4);
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(web));
    private final List<byte[]> received = Collections.synchronizedList(new ArrayList<>());
    private final Set<String> taken = Collections.synchronizedSet(new HashSet<>());

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    private TestServer server(TestServer server) {
        opened.add(server);
        return server;
    }

    /** An endpoint as the specification wants it, which knows requests by their ids. */
    private void take(Question question) throws IOException {
        JsonNode request = JSON.readTree(
                question.header("Content-Encoding").equals("gzip")
                        ? new GZIPInputStream(new ByteArrayInputStream(question.body())).readAllBytes()
                        : question.body());
        String id = request.get("requestId").asString();
        assertThat(question.header("X-Amz-Firehose-Request-Id")).isEqualTo(id);
        if (!question.header("X-Amz-Firehose-Access-Key").equals(KEY)) {
            question.json(
                    401,
                    "{\"requestId\":\"" + id + "\",\"timestamp\":1,\"errorMessage\":\"wrong key "
                            + question.header("X-Amz-Firehose-Access-Key") + "\"}");
            return;
        }
        if (taken.add(id)) {
            for (JsonNode record : request.get("records")) {
                received.add(record.get("data").binaryValue());
            }
        }
        question.json(200, answer(id));
    }

    private static String answer(String id) {
        return "{\"requestId\":\"" + id + "\",\"timestamp\":" + System.currentTimeMillis() + "}";
    }

    private Destination at(URI url, Duration timeout, Consumer<HttpEndpointDestinationConfiguration.Builder> more) {
        HttpEndpointDestinationType type =
                new HttpEndpointDestinationType(web, TestBuckets.CONFIGURATIONS, Map.of(URL, url), timeout);
        return type.open(TestDeliveries.STREAM, type.complete(given(more)));
    }

    private Destination at(URI url) {
        return at(url, Duration.ofSeconds(20), _ -> {});
    }

    private static HttpEndpointDestinationConfiguration given(
            Consumer<HttpEndpointDestinationConfiguration.Builder> more) {
        HttpEndpointDestinationConfiguration.Builder given = HttpEndpointDestinationConfiguration.builder()
                .endpointConfiguration(
                        endpoint -> endpoint.url(URL).name("endpoint").accessKey(KEY))
                .s3Configuration(TestBuckets.BACKUP);
        more.accept(given);
        return given.build();
    }

    @Override
    protected Destination working() throws Exception {
        return at(server(TestServer.doing(this::take)).url());
    }

    @Override
    protected List<byte[]> received() {
        return received;
    }

    @Override
    protected Destination silent(Duration timeout) throws Exception {
        return at(server(TestServer.silent()).url(), timeout, _ -> {});
    }

    @Override
    protected void awaitQuestion() throws Exception {
        ((TestServer) opened.getLast()).awaitQuestion();
    }

    @Override
    protected Destination notLetIn() throws Exception {
        return at(
                server(TestServer.doing(this::take)).url(),
                Duration.ofSeconds(20),
                given -> given.endpointConfiguration(
                        endpoint -> endpoint.url(URL).accessKey(secret())));
    }

    @Override
    protected String secret() {
        return "not-the-key";
    }

    @Override
    protected Destination flooded() throws Exception {
        return at(server(TestServer.flooding()).url());
    }

    @Override
    protected Destination away() throws Exception {
        return at(TestServer.nowhere());
    }

    @Test
    void aRequestTellsWhoseItIsAndWhatItHasInCommon() throws Exception {
        TestServer server = server(TestServer.doing(this::take));
        Destination destination = at(
                server.url(),
                Duration.ofSeconds(20),
                given -> given.requestConfiguration(request -> request.commonAttributes(
                        attribute("deployment", "pre-prod"), attribute("ort", "Köln \"1\"\n"))));

        destination.deliver(TestDeliveries.of("hello", "world"));

        Question question = server.questions().getFirst();
        assertThat(question.header("X-Amz-Firehose-Protocol-Version")).isEqualTo("1.0");
        assertThat(question.header("X-Amz-Firehose-Source-Arn")).isEqualTo(TestDeliveries.STREAM.arn());
        assertThat(question.header("X-Amz-Firehose-Access-Key")).isEqualTo(KEY);
        assertThat(question.header("Content-Type")).isEqualTo("application/json");
        assertThat(question.header("Content-Encoding")).isEmpty();
        assertThat(question.header("Content-Length")).isEqualTo(String.valueOf(question.body().length));
        assertThat(JSON.readTree(question.header("X-Amz-Firehose-Common-Attributes")))
                .isEqualTo(JSON.readTree(
                        "{\"commonAttributes\":{\"deployment\":\"pre-prod\",\"ort\":\"Köln \\\"1\\\"\\n\"}}"));
        assertThat(JSON.readTree(question.body()).get("timestamp").isIntegralNumber())
                .isTrue();
    }

    private static HttpEndpointCommonAttribute attribute(String name, String value) {
        return HttpEndpointCommonAttribute.builder()
                .attributeName(name)
                .attributeValue(value)
                .build();
    }

    @Test
    void aBodyIsZippedWhereThatIsWanted() throws Exception {
        TestServer server = server(TestServer.doing(this::take));
        Destination destination = at(
                server.url(),
                Duration.ofSeconds(20),
                given -> given.requestConfiguration(request -> request.contentEncoding(ContentEncoding.GZIP)));

        destination.deliver(TestDeliveries.of("hello"));

        assertThat(server.questions().getFirst().header("Content-Encoding")).isEqualTo("gzip");
        assertThat(received).containsExactly("hello".getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    @Test
    void aRequestHasTheSameIdWheneverItIsRepeatedAndWhatIsLeftHasAnother() throws Exception {
        TestServer server = server(TestServer.doing(question -> {
            String id = question.header("X-Amz-Firehose-Request-Id");
            question.json(200, answer(id));
        }));
        Destination destination = at(server.url());
        Delivery delivery = TestDeliveries.of("one", "two");

        destination.deliver(delivery);
        destination.deliver(delivery);
        destination.deliver(delivery.of(delivery.records().subList(1, 2)));

        List<String> ids = server.questions().stream()
                .map(question -> question.header("X-Amz-Firehose-Request-Id"))
                .toList();
        assertThat(ids.get(1)).isEqualTo(ids.get(0));
        assertThat(ids.get(2)).isNotEqualTo(ids.get(0));
    }

    @Test
    void moreThanTenThousandRecordsAreSeveralRequestsAndWhatFailedIsLeft() throws Exception {
        List<Integer> sizes = Collections.synchronizedList(new ArrayList<>());
        TestServer server = server(TestServer.doing(question -> {
            sizes.add(JSON.readTree(question.body()).get("records").size());
            String id = question.header("X-Amz-Firehose-Request-Id");
            question.json(sizes.size() == 2 ? 503 : 200, answer(id));
        }));
        List<byte[]> records =
                Stream.generate(() -> new byte[] {1}).limit(20_001).toList();
        Delivery delivery = TestDeliveries.of(UUID.randomUUID(), records);

        Delivered delivered = at(server.url()).deliver(delivery);

        assertThat(sizes).containsExactly(10_000, 10_000);
        assertThat(delivered.rejected()).isEmpty();
        assertThat(delivered.postponed())
                .extracting(Rejection::record)
                .containsExactlyElementsOf(delivery.records().subList(10_000, 20_001));
    }

    @ParameterizedTest
    @ValueSource(ints = {201, 204, 302, 400, 404, 429, 500, 503})
    void whatIsNot200IsTriedAgain(int status) throws Exception {
        TestServer server = server(TestServer.doing(question -> {
            question.setHeader("Location", "http://127.0.0.1:1/");
            question.json(status, status == 204 ? "" : "{\"errorMessage\":\"not now\"}");
        }));

        DeliveryException failure = failure(at(server.url()));

        assertThat(failure.code()).isEqualTo("HttpEndpoint.DestinationException");
        assertThat(failure.isRetryable()).isTrue();
        assertThat(failure.getMessage()).contains(status + ": " + (status == 204 ? "" : "not now"));
        assertThat(server.questions()).hasSize(1);
    }

    @Test
    void whatIsTooLargeIsNotTriedAgainAndNotLost() throws Exception {
        TestServer server = server(TestServer.doing(question -> question.json(413, "{}")));
        Delivery delivery = TestDeliveries.of("one", "two");

        Delivered delivered = at(server.url()).deliver(delivery);

        assertThat(delivered.postponed()).isEmpty();
        assertThat(delivered.rejected()).extracting(Rejection::record).containsExactlyElementsOf(delivery.records());
        assertThat(delivered.rejected()).extracting(Rejection::code).containsOnly("HttpEndpoint.DestinationException");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "text/plain | {\"requestId\":\"ID\",\"timestamp\":1}",
                "application/jsonp | {\"requestId\":\"ID\",\"timestamp\":1}",
                "application/json | {\"requestId\":\"other\",\"timestamp\":1}",
                "application/json | {\"requestId\":null,\"timestamp\":1}",
                "application/json | {\"requestId\":\"ID\"}",
                "application/json | {\"requestId\":\"ID\",\"timestamp\":\"now\"}",
                "application/json | [\"ID\"]",
                "application/json | ok",
                "application/json | ''",
            })
    void anAnswerThatIsNotAsSpecifiedIsAFailure(String type, String answer) throws Exception {
        TestServer server = server(TestServer.doing(question ->
                question.answer(200, type, answer.replace("ID", question.header("X-Amz-Firehose-Request-Id")))));

        DeliveryException failure = failure(at(server.url()));

        assertThat(failure.code()).isEqualTo("HttpEndpoint.InvalidResponseFromDestination");
        assertThat(failure.isRetryable()).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "application/json | {\"requestId\":\"ID\",\"timestamp\":\"1578090903599\"}",
                "application/json; charset=utf-8 | {\"requestId\":\"ID\",\"timestamp\":1,\"more\":true}",
            })
    void anAnswerMayHaveItsTimestampAsATextAndACharset(String type, String answer) throws Exception {
        TestServer server = server(TestServer.doing(question ->
                question.answer(200, type, answer.replace("ID", question.header("X-Amz-Firehose-Request-Id")))));

        assertThat(at(server.url()).deliver(TestDeliveries.of("one"))).isEqualTo(Delivered.ALL);
    }

    private static DeliveryException failure(Destination destination) {
        return Objects.requireNonNull(
                catchThrowableOfType(DeliveryException.class, () -> destination.deliver(TestDeliveries.of("one"))));
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheApi() {
        HttpEndpointDestinationType type = type();

        HttpEndpointDestinationConfiguration complete = type.complete(given(_ -> {}));

        assertThat(complete.bufferingHints().sizeInMBs()).isEqualTo(5);
        assertThat(complete.bufferingHints().intervalInSeconds()).isEqualTo(300);
        assertThat(complete.retryOptions().durationInSeconds()).isEqualTo(300);
        assertThat(complete.s3BackupMode()).isEqualTo(HttpEndpointS3BackupMode.FAILED_DATA_ONLY);
        assertThat(complete.requestConfiguration().contentEncoding()).isEqualTo(ContentEncoding.NONE);
        assertThat(complete.cloudWatchLoggingOptions().enabled()).isFalse();
        assertThat(type.complete(complete)).isEqualTo(complete);
        DestinationPlan plan = type.plan(complete);
        assertThat(plan.hints()).isEqualTo(BufferHints.of(5, 300));
        assertThat(plan.retry()).isEqualTo(Duration.ofSeconds(300));
        assertThat(plan.backsUpAll()).isFalse();
        assertThat(plan.backup()).isEqualTo(complete.s3Configuration());
        assertThat(plan.errorDirectory()).isEqualTo("http-endpoint-failed");
    }

    private HttpEndpointDestinationType type() {
        return new HttpEndpointDestinationType(web, TestBuckets.CONFIGURATIONS, Map.of(), Duration.ofMinutes(3));
    }

    @Test
    void whatCannotBeHonouredIsRefusedByName() {
        assertRefused(
                "EndpointConfiguration.Url",
                given -> given.endpointConfiguration(endpoint -> endpoint.url("https://a b")));
        assertRefused(
                "EndpointConfiguration.Url",
                given -> given.endpointConfiguration(endpoint -> endpoint.url("https://me:secret@host/")));
        assertRefused(
                "EndpointConfiguration.AccessKey",
                given -> given.endpointConfiguration(
                        endpoint -> endpoint.url(URL).accessKey("secret\r\nX-More: 1")));
        assertRefused(
                "SecretsManagerConfiguration",
                given -> given.secretsManagerConfiguration(secrets -> secrets.enabled(true)));
        assertRefused(
                "CloudWatchLoggingOptions", given -> given.cloudWatchLoggingOptions(logging -> logging.enabled(true)));
        assertRefused(
                "CommonAttributes",
                given -> given.requestConfiguration(
                        request -> request.commonAttributes(attribute("a", "1"), attribute("a", "2"))));
        assertRefused("BufferingHints", given -> given.bufferingHints(hints -> hints.sizeInMBs(1)));
    }

    private void assertRefused(String member, Consumer<HttpEndpointDestinationConfiguration.Builder> more) {
        assertThatThrownBy(() -> type().complete(given(more)))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(member)
                .message()
                .doesNotContain("secret\r")
                .doesNotContain("me:secret");
    }
}
