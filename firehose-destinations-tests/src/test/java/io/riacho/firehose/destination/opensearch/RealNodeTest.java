package io.riacho.firehose.destination.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationContract;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.warehouse.TestDeliveries;
import io.riacho.firehose.destination.web.TestBuckets;
import io.riacho.firehose.destination.web.TestServer;
import io.riacho.firehose.destination.web.WebClient;
import io.riacho.opensearch.SearchNode;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceDestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.AmazonopensearchserviceIndexRotationPeriod;
import software.amazon.awssdk.services.firehose.model.DefaultDocumentIdFormat;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Delivery to a real node of OpenSearch 3.8, which knows no users. */
class RealNodeTest extends DestinationContract {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String DOMAIN = "arn:aws:es:us-east-1:000000000000:domain/search";

    @TempDir
    static Path folder;

    private static SearchNode node;
    private static URI url;

    private final HttpClient client = HttpClient.newHttpClient();
    private final WebClient web = new WebClient(null, 4);
    private final List<AutoCloseable> opened = new ArrayList<>(List.of(web, client));
    private String index = "";

    @BeforeAll
    static void startNode() {
        node = SearchNode.started(folder);
        url = node.url();
    }

    @AfterAll
    static void stopNode() throws Exception {
        node.close();
    }

    @BeforeEach
    void takeAnotherIndex() {
        index = "clicks-" + UUID.randomUUID();
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable resource : opened.reversed()) {
            resource.close();
        }
    }

    private JsonNode ask(String method, String path, String body) throws Exception {
        HttpResponse<byte[]> answer = client.send(
                HttpRequest.newBuilder(url.resolve(path))
                        .header("Content-Type", "application/json")
                        .method(method, HttpRequest.BodyPublishers.ofString(body))
                        .build(),
                HttpResponse.BodyHandlers.ofByteArray());
        return JSON.readTree(answer.body());
    }

    private List<JsonNode> hits(String name) throws Exception {
        ask("POST", "/" + name + "/_refresh", "");
        List<JsonNode> hits = new ArrayList<>();
        ask("POST", "/" + name + "/_search", "{\"size\":10000}")
                .at("/hits/hits")
                .forEach(hits::add);
        return hits;
    }

    private Destination at(
            SearchProperties.Domain domain,
            Duration timeout,
            Consumer<AmazonopensearchserviceDestinationConfiguration.Builder> more) {
        OpenSearchDestinationType type = new OpenSearchDestinationType(new SearchDomains(
                web, TestBuckets.CONFIGURATIONS, new SearchProperties(Map.of(DOMAIN, domain), timeout)));
        AmazonopensearchserviceDestinationConfiguration.Builder given =
                AmazonopensearchserviceDestinationConfiguration.builder()
                        .roleARN(TestBuckets.ROLE)
                        .domainARN(DOMAIN)
                        .indexName(index)
                        .indexRotationPeriod(AmazonopensearchserviceIndexRotationPeriod.NO_ROTATION)
                        .s3Configuration(TestBuckets.BACKUP);
        more.accept(given);
        return type.open(TestDeliveries.STREAM, type.complete(given.build()));
    }

    private Destination at(URI where) {
        return at(SearchProperties.Domain.at(where), Duration.ofSeconds(30), _ -> {});
    }

    @Override
    protected Destination working() {
        return at(url);
    }

    @Override
    protected List<byte[]> received() throws Exception {
        return hits(index).stream()
                .map(hit -> hit.get("_source").toString().getBytes(StandardCharsets.UTF_8))
                .toList();
    }

    @Override
    protected boolean keepsOrder() {
        return false;
    }

    @Override
    protected boolean takesAnyBytes() {
        return false;
    }

    private TestServer server(TestServer server) {
        opened.add(server);
        return server;
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
        TestServer server = server(TestServer.doing(question -> question.answer(403, "text/plain", "Forbidden")));
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
    void aDocumentThatDoesNotFitTheMappingIsRejectedAloneWithTheNodesReason() throws Exception {
        ask("PUT", "/" + index, "{\"mappings\":{\"properties\":{\"n\":{\"type\":\"long\"}}}}");
        Delivery delivery = TestDeliveries.of("{\"n\":1}", "{\"n\":\"x\"}", "{\"n\":3}");

        Delivered delivered = working().deliver(delivery);

        assertThat(delivered.postponed()).isEmpty();
        assertThat(delivered.rejected())
                .extracting(Rejection::record)
                .containsExactly(delivery.records().get(1));
        Rejection rejection = delivered.rejected().getFirst();
        assertThat(rejection.code()).isEqualTo("400");
        assertThat(rejection.message()).startsWith("mapper_parsing_exception: failed to parse field [n]");
        assertThat(rejection.details()).containsEntry("esIndexName", index);
        assertThat(hits(index)).hasSize(2);
    }

    @Test
    void documentsHaveTheIdsOfTheirRecordsAndPrettyOnesAreWhole() throws Exception {
        working().deliver(TestDeliveries.of("{\n  \"a\" : [ 1,\r\n 2 ]\n}\n"));

        JsonNode hit = hits(index).getFirst();
        assertThat(hit.get("_id").asString()).isEqualTo("clicks:shardId-000000000000:0:0");
        assertThat(hit.get("_source")).hasToString("{\"a\":[1,2]}");
    }

    @Test
    void aRecordCannotDeleteAnotherDocument() throws Exception {
        working().deliver(TestDeliveries.of("{\"a\":1}"));

        working()
                .deliver(TestDeliveries.of(
                        "{}\n{\"delete\":{\"_index\":\"" + index + "\",\"_id\":\"clicks:shardId-000000000000:0:0\"}}"));

        assertThat(hits(index)).hasSize(1);
    }

    @Test
    void aRepeatWithoutIdsIsThereTwice() throws Exception {
        Destination destination = at(
                SearchProperties.Domain.at(url),
                Duration.ofSeconds(30),
                given -> given.documentIdOptions(
                        ids -> ids.defaultDocumentIdFormat(DefaultDocumentIdFormat.NO_DOCUMENT_ID)));
        Delivery delivery = TestDeliveries.of("{\"a\":1}");

        destination.deliver(delivery);
        destination.deliver(delivery);

        assertThat(hits(index)).hasSize(2);
    }

    @Test
    void anIndexIsRotatedByTheTimeOfArrival() throws Exception {
        Destination destination = at(
                SearchProperties.Domain.at(url),
                Duration.ofSeconds(30),
                given -> given.indexRotationPeriod(AmazonopensearchserviceIndexRotationPeriod.ONE_MONTH));
        Delivery delivery = TestDeliveries.of("{\"a\":1}");

        destination.deliver(delivery);

        assertThat(hits(index + "-" + delivery.oldestArrival().toString().substring(0, 7)))
                .hasSize(1);
    }

    @Test
    void aDeliveryOfThirtyMebibytesArrivesInSeveralRequests() throws Exception {
        assertThat(working()
                        .deliver(TestDeliveries.of(
                                UUID.randomUUID(),
                                java.util.stream.IntStream.range(0, 30)
                                        .mapToObj(n -> ("{\"n\":" + n + ",\"text\":\"" + "x".repeat(1 << 20) + "\"}")
                                                .getBytes(StandardCharsets.UTF_8))
                                        .toList())))
                .isEqualTo(Delivered.ALL);

        assertThat(ask("POST", "/" + index + "/_refresh", "")
                        .at("/_shards/failed")
                        .asInt())
                .isZero();
        assertThat(ask("GET", "/" + index + "/_count", "").get("count").asInt()).isEqualTo(30);
    }
}
