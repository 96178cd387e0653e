package io.riacho.firehose.destination.opensearch;

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
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.model.AmazonOpenSearchServerlessDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceIndexRotationPeriod;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceS3BackupMode;
import software.amazon.awssdk.services.firehose.model.DefaultDocumentIdFormat;
import software.amazon.awssdk.services.firehose.model.ElasticsearchDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ElasticsearchIndexRotationPeriod;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** The bulk protocol, against a server that answers what a test wants; a real node has tests of its own. */
class SearchDestinationTest extends DestinationContract {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DOMAIN = "arn:aws:es:us-east-1:000000000000:domain/search";
    private static final String PASSWORD = "the-password";

    private final WebClient web = new WebClient(null, 4);
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(web));
    private final Map<String, String> indexed = new LinkedHashMap<>();

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

    private SearchDomains domains(SearchProperties.Domain domain, Duration timeout) {
        return new SearchDomains(
                web, TestBuckets.CONFIGURATIONS, new SearchProperties(Map.of(DOMAIN, domain), timeout));
    }

    private Destination at(
            SearchProperties.Domain domain,
            Duration timeout,
            Consumer<AmazonopensearchserviceDestinationConfiguration.Builder> more) {
        OpenSearchDestinationType type = new OpenSearchDestinationType(domains(domain, timeout));
        return type.open(TestDeliveries.STREAM, type.complete(given(more)));
    }

    private Destination at(URI url) {
        return at(SearchProperties.Domain.at(url), Duration.ofSeconds(20), _ -> {});
    }

    private static AmazonopensearchserviceDestinationConfiguration given(
            Consumer<AmazonopensearchserviceDestinationConfiguration.Builder> more) {
        AmazonopensearchserviceDestinationConfiguration.Builder given =
                AmazonopensearchserviceDestinationConfiguration.builder()
                        .roleARN(TestBuckets.ROLE)
                        .domainARN(DOMAIN)
                        .indexName("clicks")
                        .indexRotationPeriod(AmazonopensearchserviceIndexRotationPeriod.NO_ROTATION)
                        .s3Configuration(TestBuckets.BACKUP);
        more.accept(given);
        return given.build();
    }

    /** What a request wants to be indexed: actions and documents, by turns. */
    private static List<JsonNode> lines(Question question) {
        return question.text().lines().map(JSON::readTree).toList();
    }

    private void index(Question question) throws IOException {
        String user = question.header("Authorization");
        if (!user.isEmpty() && !user.equals("Basic bWU6dGhlLXBhc3N3b3Jk")) {
            question.answer(401, "text/plain", "Unauthorized " + user);
            return;
        }
        List<JsonNode> lines = lines(question);
        for (int i = 0; i < lines.size(); i += 2) {
            indexed.put(
                    lines.get(i).at("/index/_id").asString(UUID.randomUUID().toString()),
                    lines.get(i + 1).toString());
        }
        question.json(200, answer(lines.size() / 2, _ -> 200));
    }

    private static String answer(int items, java.util.function.IntUnaryOperator status) {
        ObjectNode answer = JSON.createObjectNode().put("errors", true);
        ArrayNode results = answer.putArray("items");
        for (int i = 0; i < items; i++) {
            ObjectNode result = results.addObject().putObject("index").put("status", status.applyAsInt(i));
            if (status.applyAsInt(i) >= 300) {
                result.putObject("error").put("type", "some_exception").put("reason", "because");
            }
        }
        return answer.toString();
    }

    @Override
    protected Destination working() throws Exception {
        return at(server(TestServer.doing(this::index)).url());
    }

    @Override
    protected List<byte[]> received() {
        return indexed.values().stream()
                .map(document -> document.getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    protected boolean takesAnyBytes() {
        return false;
    }

    @Override
    protected Destination silent(Duration timeout) throws Exception {
        return at(SearchProperties.Domain.at(server(TestServer.silent()).url()), timeout, _ -> {});
    }

    @Override
    protected void awaitQuestion() throws Exception {
        ((TestServer) opened.getLast()).awaitQuestion();
    }

    @Override
    protected Destination notLetIn() throws Exception {
        TestServer server = server(TestServer.doing(this::index));
        return at(SearchProperties.Domain.at(server.url(), "me", secret()), Duration.ofSeconds(20), _ -> {});
    }

    @Override
    protected String secret() {
        return "not-the-password";
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
    void aUserIsShownWhereTheDomainHasOne() throws Exception {
        TestServer server = server(TestServer.doing(this::index));

        Delivered delivered = at(
                        SearchProperties.Domain.at(server.url(), "me", PASSWORD), Duration.ofSeconds(20), _ -> {})
                .deliver(TestDeliveries.of("{}"));

        assertThat(delivered).isEqualTo(Delivered.ALL);
        assertThat(server.questions().getFirst().header("Authorization")).isEqualTo("Basic bWU6dGhlLXBhc3N3b3Jk");
    }

    @Test
    void requestsAreSignedWhereTheDomainWantsThat() throws Exception {
        TestServer server = server(TestServer.doing(question -> question.json(200, answer(1, _ -> 201))));
        SearchProperties.Domain domain = new SearchProperties.Domain(
                server.url(), SearchProperties.Auth.SIGV4, null, null, "AKID", "the-secret-key", "token", "eu-west-1");

        at(domain, Duration.ofSeconds(20), _ -> {}).deliver(TestDeliveries.of("{}"));

        Question question = server.questions().getFirst();
        assertThat(question.header("Authorization"))
                .startsWith("AWS4-HMAC-SHA256 Credential=AKID/")
                .contains("/eu-west-1/es/aws4_request");
        assertThat(question.header("X-Amz-Security-Token")).isEqualTo("token");
    }

    @Test
    void eachItemHasItsOwnFate() throws Exception {
        int[] statuses = {201, 400, 429, 200, 503, 409};
        TestServer server = server(TestServer.doing(question -> question.json(200, answer(6, i -> statuses[i]))));
        Delivery delivery = TestDeliveries.of("{}", "{}", "{}", "{}", "{}", "{}");

        Delivered delivered = at(server.url()).deliver(delivery);

        assertThat(delivered.rejected())
                .extracting(Rejection::record)
                .containsExactly(delivery.records().get(1), delivery.records().get(5));
        assertThat(delivered.rejected()).extracting(Rejection::code).containsExactly("400", "409");
        assertThat(delivered.postponed())
                .extracting(Rejection::record)
                .containsExactly(delivery.records().get(2), delivery.records().get(4));
        Rejection rejection = delivered.rejected().getFirst();
        assertThat(rejection.message()).isEqualTo("some_exception: because");
        assertThat(rejection.details())
                .containsExactly(
                        Map.entry("esDocumentId", "clicks:shardId-000000000000:1:0"),
                        Map.entry("esIndexName", "clicks"));
    }

    @Test
    void aRecordCannotSmuggleAnAction() throws Exception {
        String smuggled = "{}\n{\"delete\":{\"_index\":\"other\",\"_id\":\"1\"}}";
        String pretty = "{\r\n  \"a\": \"b\\n\"\n}";
        Delivery delivery = TestDeliveries.of(smuggled, pretty, "[1]", "{} {}", "{\"a\":}", "{\"a\":1");
        TestServer server = server(TestServer.doing(this::index));

        Delivered delivered = at(server.url()).deliver(delivery);

        assertThat(delivered.rejected()).hasSize(5).extracting(Rejection::code).containsOnly("400");
        assertThat(lines(server.questions().getFirst())).hasSize(2).last().hasToString("{\"a\":\"b\\n\"}");
    }

    @Test
    void aRequestThatIsTooLargeIsHalvedAndADocumentThatIsTooLargeRejected() throws Exception {
        TestServer server = server(TestServer.doing(question -> {
            if (question.text().contains("huge") || lines(question).size() > 4) {
                question.json(413, "{}");
            } else {
                index(question);
            }
        }));
        Delivery delivery = TestDeliveries.of("{\"n\":1}", "{\"n\":2}", "{\"n\":\"huge\"}", "{\"n\":4}", "{\"n\":5}");

        Delivered delivered = at(server.url()).deliver(delivery);

        assertThat(delivered.postponed()).isEmpty();
        assertThat(delivered.rejected())
                .extracting(Rejection::record)
                .containsExactly(delivery.records().get(2));
        assertThat(delivered.rejected()).extracting(Rejection::code).containsExactly("413");
        assertThat(indexed.values()).containsExactly("{\"n\":1}", "{\"n\":2}", "{\"n\":4}", "{\"n\":5}");
    }

    @Test
    void whatWasDeliveredBeforeAFailureStaysDelivered() throws Exception {
        int[] requests = {0};
        TestServer server = server(TestServer.doing(question -> {
            if (++requests[0] == 2) {
                question.json(503, "{\"error\":{\"type\":\"busy\",\"reason\":\"later\"}}");
            } else {
                index(question);
            }
        }));
        List<byte[]> records = IntStream.range(0, 5000).mapToObj(this::record).toList();
        Delivery delivery = TestDeliveries.of(UUID.randomUUID(), records);

        Delivered delivered = at(server.url()).deliver(delivery);

        assertThat(delivered.rejected()).isEmpty();
        assertThat(delivered.postponed())
                .extracting(Rejection::record)
                .containsExactlyElementsOf(delivery.records().subList(2000, 5000));
        assertThat(delivered.postponed()).extracting(Rejection::code).containsOnly("503");
        assertThat(indexed).hasSize(2000);
    }

    @Test
    void noIdIsSentWhereTheServerIsToGiveOne() throws Exception {
        TestServer server = server(TestServer.doing(this::index));

        at(
                        SearchProperties.Domain.at(server.url()),
                        Duration.ofSeconds(20),
                        given -> given.documentIdOptions(
                                ids -> ids.defaultDocumentIdFormat(DefaultDocumentIdFormat.NO_DOCUMENT_ID)))
                .deliver(TestDeliveries.of("{}"));

        assertThat(lines(server.questions().getFirst()).getFirst()).hasToString("{\"index\":{\"_index\":\"clicks\"}}");
    }

    @Test
    void anAnswerThatIsNotOfTheBulkApiIsAFailure() throws Exception {
        for (String answer : List.of("ok", "{}", "{\"items\":[]}", "{\"items\":[{\"index\":{}}]}")) {
            TestServer server = server(TestServer.doing(question -> question.json(200, answer)));

            DeliveryException failure = Objects.requireNonNull(catchThrowableOfType(
                    DeliveryException.class, () -> at(server.url()).deliver(TestDeliveries.of("{}"))));

            assertThat(failure.code()).isEqualTo("OS.InvalidResponse");
            assertThat(failure.isRetryable()).isTrue();
        }
    }

    @Test
    void whatIsLeftOutHasTheDefaultsOfTheApi() {
        OpenSearchDestinationType type = type();

        AmazonopensearchserviceDestinationConfiguration complete =
                type.complete(given(given -> given.indexRotationPeriod((String) null)));

        assertThat(complete.indexRotationPeriod()).isEqualTo(AmazonopensearchserviceIndexRotationPeriod.ONE_DAY);
        assertThat(complete.retryOptions().durationInSeconds()).isEqualTo(300);
        assertThat(complete.s3BackupMode()).isEqualTo(AmazonopensearchserviceS3BackupMode.FAILED_DOCUMENTS_ONLY);
        assertThat(complete.documentIdOptions().defaultDocumentIdFormat())
                .isEqualTo(DefaultDocumentIdFormat.FIREHOSE_DEFAULT);
        assertThat(type.complete(complete)).isEqualTo(complete);
        DestinationPlan plan = type.plan(complete);
        assertThat(plan.hints()).isEqualTo(BufferHints.of(5, 300));
        assertThat(plan.retry()).isEqualTo(Duration.ofSeconds(300));
        assertThat(plan.errorDirectory()).isEqualTo("AmazonOpenSearchService-failed");
    }

    private OpenSearchDestinationType type() {
        return new OpenSearchDestinationType(
                domains(SearchProperties.Domain.at(URI.create("http://127.0.0.1:1")), Duration.ofSeconds(1)));
    }

    @Test
    void elasticsearchAndServerlessAreServedLikewise() throws Exception {
        TestServer server = server(TestServer.doing(this::index));
        SearchDomains domains = new SearchDomains(
                web,
                TestBuckets.CONFIGURATIONS,
                new SearchProperties(
                        Map.of(
                                DOMAIN,
                                SearchProperties.Domain.at(server.url()),
                                "https://one.example",
                                SearchProperties.Domain.at(server.url())),
                        Duration.ofSeconds(20)));
        ElasticsearchDestinationType elasticsearch = new ElasticsearchDestinationType(domains);
        ServerlessDestinationType serverless = new ServerlessDestinationType(domains);

        elasticsearch
                .open(
                        TestDeliveries.STREAM,
                        elasticsearch.complete(ElasticsearchDestinationConfiguration.builder()
                                .domainARN(DOMAIN)
                                .indexName("one")
                                .indexRotationPeriod(ElasticsearchIndexRotationPeriod.NO_ROTATION)
                                .s3Configuration(TestBuckets.BACKUP)
                                .build()))
                .deliver(TestDeliveries.of("{}"));
        Destination collection = serverless.open(
                TestDeliveries.STREAM,
                serverless.complete(AmazonOpenSearchServerlessDestinationConfiguration.builder()
                        .collectionEndpoint("https://one.example")
                        .indexName("two")
                        .s3Configuration(TestBuckets.BACKUP)
                        .build()));
        collection.deliver(TestDeliveries.of("{}"));

        assertThat(server.questions())
                .extracting(question ->
                        lines(question).getFirst().at("/index/_index").asString())
                .containsExactly("one", "two");
        assertThat(collection.details(TestDeliveries.of("{}").records().getFirst()))
                .containsKeys("osDocumentId", "osIndexName");
    }

    @Test
    void whatCannotBeHonouredIsRefusedByName() {
        assertRefused("DomainARN", given -> given.clusterEndpoint("https://one.example"));
        assertRefused("DomainARN", given -> given.domainARN(null));
        assertRefused(
                "riacho.firehose.opensearch.domains",
                given -> given.domainARN("arn:aws:es:us-east-1:000000000000:domain/other"));
        assertRefused("TypeName", given -> given.typeName("_doc"));
        assertRefused("IndexName", given -> given.indexName("Clicks"));
        assertRefused("IndexName", given -> given.indexName("a,b"));
        assertRefused("IndexName", given -> given.indexName("_all"));
        assertRefused("IndexName", given -> given.indexName("a!{timestamp:yyyy}"));
        assertRefused("VpcConfiguration", given -> given.vpcConfiguration(vpc -> vpc.roleARN(TestBuckets.ROLE)));
        assertRefused(
                "CloudWatchLoggingOptions", given -> given.cloudWatchLoggingOptions(logging -> logging.enabled(true)));
    }

    private void assertRefused(String member, Consumer<AmazonopensearchserviceDestinationConfiguration.Builder> more) {
        assertThatThrownBy(() -> type().complete(given(more)))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageContaining(member);
    }
}
