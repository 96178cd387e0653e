package io.riacho.compatibility;

import static io.riacho.compatibility.Policies.allow;
import static io.riacho.compatibility.Policies.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.RawClient.Answer;
import io.riacho.compatibility.TestIdentities.User;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A program without an AWS SDK: it gets a token with its client's secret, and shows it wherever an SDK would sign. The client acts as a
 * user that may put to one stream and read another.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class BearerTokenTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    private static final String FIRST_SHARD = "shardId-000000000000";
    private static final JsonMapper JSON = new JsonMapper();

    private TestIdentities identities;
    private TestStreams streams;
    private OAuth oauth;
    private RawClient raw;
    private User user;
    private String clicks;
    private String news;
    private String token;

    @BeforeAll
    void getAToken() {
        identities = new TestIdentities(SERVER.target());
        streams = new TestStreams(SERVER.target());
        oauth = new OAuth(SERVER.target());
        raw = new RawClient(SERVER.target());
        clicks = streams.create(1);
        news = streams.create(1);
        user = identities.user(
                allow("kinesis:PutRecord*", stream(clicks)),
                allow("kinesis:Get*", stream(news)),
                allow("kinesis:ListShards", stream(news)));
        token = oauth.token(oauth.client(user.arn()));
    }

    @AfterAll
    void clean() {
        raw.close();
        oauth.close();
        streams.close();
        identities.close();
    }

    @Test
    void theTokenEndpointSaysWhatItsTokenIs() {
        JsonNode grant = oauth.grant(oauth.client(user.arn()));
        assertThat(grant.path("token_type").asString()).isEqualTo("Bearer");
        assertThat(grant.path("expires_in").asInt()).isBetween(890, 900);
        assertThat(grant.has("refresh_token")).isFalse();
    }

    @Test
    void recordsArePutAsJson() {
        String text = "as JSON " + System.nanoTime();
        Answer answer = rest(
                "POST",
                "/v1/streams/" + clicks + "/records",
                "application/json",
                JSON.writeValueAsString(Map.of(
                        "records",
                        List.of(
                                Map.of("partitionKey", "u1", "text", text),
                                Map.of("partitionKey", "u2", "json", Map.of("n", 1)),
                                Map.of(
                                        "partitionKey",
                                        "u3",
                                        "data",
                                        Base64.getEncoder().encodeToString(new byte[] {0, 1, 2}))))));
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.at("/failedRecordCount").asInt(-1)).isZero();
        assertThat(answer.at("/records")
                        .valueStream()
                        .map(record -> record.path("sequenceNumber").asString()))
                .hasSize(3)
                .doesNotContain("");
        assertThat(TestStreams.texts(streams.readAll(clicks, FIRST_SHARD, 3))).contains(text, "{\"n\":1}");
    }

    @Test
    void aRecordIsPutAsItsBytes() {
        String text = "as bytes \u0000\u0001 " + System.nanoTime();
        Answer answer =
                rest("POST", "/v1/streams/" + clicks + "/records?partitionKey=u1", "application/octet-stream", text);
        assertThat(answer.status()).as(answer.body().toString()).isEqualTo(200);
        assertThat(answer.at("/shardId").asString()).isEqualTo(FIRST_SHARD);
        assertThat(TestStreams.texts(streams.readAll(clicks, FIRST_SHARD, 1))).contains(text);
    }

    @Test
    void recordsAreReadByIterator() {
        streams.put(news, "first", "second");
        Answer made = rest(
                "POST",
                "/v1/streams/" + news + "/shards/" + FIRST_SHARD + "/iterators",
                "application/json",
                "{\"type\":\"TRIM_HORIZON\"}");
        assertThat(made.status()).as(made.body().toString()).isEqualTo(201);
        Answer read = rest("GET", "/v1/iterators/" + made.at("/iterator").asString() + "/records?as=text", "", "");
        assertThat(read.status()).as(read.body().toString()).isEqualTo(200);
        assertThat(read.at("/records")
                        .valueStream()
                        .map(record -> record.path("text").asString()))
                .contains("first", "second");
        assertThat(read.at("/nextIterator").asString()).isNotEmpty();
    }

    @Test
    void recordsAreReadAsServerSentEvents() throws Exception {
        String text = "an event " + System.nanoTime();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<Stream<String>> events = http.sendAsync(
                            bearer("/v1/streams/" + news + "/records?from=trim-horizon&as=text", token)
                                    .header("Accept", "text/event-stream")
                                    .build(),
                            HttpResponse.BodyHandlers.ofLines())
                    .get(30, TimeUnit.SECONDS);
            try (Stream<String> lines = events.body()) {
                assertThat(events.statusCode()).isEqualTo(200);
                assertThat(events.headers().firstValue("Content-Type").orElseThrow())
                        .startsWith("text/event-stream");
                streams.put(news, text);
                assertThat(lines.filter(line -> line.startsWith("data:"))
                                .map(line -> JSON.readTree(line.substring("data:".length()))
                                        .path("text")
                                        .asString())
                                .anyMatch(text::equals))
                        .isTrue();
            }
            http.shutdownNow();
        }
    }

    @Test
    void theAwsJsonProtocolTakesTheTokenInPlaceOfASignature() {
        Answer put = aws(
                "PutRecord", "{\"StreamName\":\"" + clicks + "\",\"PartitionKey\":\"k\",\"Data\":\"aGVsbG8=\"}", token);
        assertThat(put.status()).as(put.body().toString()).isEqualTo(200);
        assertThat(put.at("/SequenceNumber").asString()).isNotEmpty();
        Answer iterator = aws(
                "GetShardIterator",
                "{\"StreamName\":\"" + news + "\",\"ShardId\":\"" + FIRST_SHARD
                        + "\",\"ShardIteratorType\":\"LATEST\"}",
                token);
        assertThat(iterator.status()).as(iterator.body().toString()).isEqualTo(200);
    }

    @Test
    void thePolicyOfTheUserAllowsPutsOnOneStreamOnly() {
        String told = "User: " + user.arn() + " is not authorized to perform: kinesis:PutRecord on resource: "
                + stream(news) + " because no identity-based policy allows the kinesis:PutRecord action";
        Answer rest = rest("POST", "/v1/streams/" + news + "/records?partitionKey=u1", "text/plain", "refused");
        assertThat(rest.status()).isEqualTo(403);
        assertThat(rest.headers().firstValue("Content-Type").orElseThrow()).startsWith("application/problem+json");
        assertThat(rest.at("/title").asString()).isEqualTo("AccessDeniedException");
        assertThat(rest.at("/detail").asString()).isEqualTo(told);
        Answer json = aws(
                "PutRecord", "{\"StreamName\":\"" + news + "\",\"PartitionKey\":\"k\",\"Data\":\"aGVsbG8=\"}", token);
        assertThat(json.status()).isEqualTo(400);
        assertThat(json.at("/__type").asString()).endsWith("AccessDeniedException");
        assertThat(json.at("/message").asString() + json.at("/Message").asString())
                .isEqualTo(told);
    }

    @Test
    void whatThePolicyDoesNotNameIsRefused() {
        assertThat(rest("GET", "/v1/streams", "", "").status()).isEqualTo(403);
        assertThat(rest("GET", "/v1/streams/" + clicks, "", "").status()).isEqualTo(403);
        assertThat(rest("DELETE", "/v1/streams/" + clicks, "", "").status()).isEqualTo(403);
        assertThat(aws("ListStreams", "{}", token).at("/__type").asString()).endsWith("AccessDeniedException");
    }

    @Test
    void withoutAGoodTokenNobodyComesIn() {
        int middle = token.length() / 2;
        String tampered =
                token.substring(0, middle) + (token.charAt(middle) == 'A' ? 'B' : 'A') + token.substring(middle + 1);
        for (String bad : List.of(tampered, "nonsense", unsigned(token))) {
            Answer answer = raw.send(bearer("/v1/streams", bad).build());
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate").orElseThrow())
                    .contains("Bearer");
            assertThat(aws("ListStreams", "{}", bad).at("/__type").asString()).endsWith("UnrecognizedClientException");
        }
        Answer without = raw.send(HttpRequest.newBuilder(SERVER.target().url().resolve("/v1/streams"))
                .build());
        assertThat(without.status()).isEqualTo(401);
        assertThat(without.headers().firstValue("WWW-Authenticate").orElseThrow())
                .contains("Bearer");
    }

    @Test
    void aTokenEndsWithItsClient() {
        String path = "/v1/streams/" + clicks + "/records?partitionKey=u1";
        String mine;
        try (OAuth own = new OAuth(SERVER.target())) {
            mine = own.token(own.client(user.arn()));
            assertThat(raw.send(bearer(path, mine)
                                    .POST(HttpRequest.BodyPublishers.ofString("text"))
                                    .build())
                            .status())
                    .isEqualTo(200);
        }
        Pause.until(
                "the token of a client that is deleted is refused",
                () -> raw.send(bearer(path, mine)
                                        .POST(HttpRequest.BodyPublishers.ofString("text"))
                                        .build())
                                .status()
                        == 401);
    }

    /** The token with the algorithm {@code none}, and so without a signature. */
    private static String unsigned(String token) {
        String header = Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString("{\"alg\":\"none\",\"typ\":\"at+jwt\"}".getBytes(StandardCharsets.UTF_8));
        return header + token.substring(token.indexOf('.'), token.lastIndexOf('.') + 1);
    }

    private Answer rest(String method, String path, String contentType, String body) {
        HttpRequest.Builder request = bearer(path, token);
        if (!contentType.isEmpty()) {
            request.setHeader("Content-Type", contentType);
        }
        return raw.send(request.method(
                        method,
                        body.isEmpty()
                                ? HttpRequest.BodyPublishers.noBody()
                                : HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                .build());
    }

    private Answer aws(String operation, String body, String bearer) {
        return raw.send(bearer("/", bearer)
                .setHeader("Content-Type", "application/x-amz-json-1.1")
                .header("X-Amz-Target", "Kinesis_20131202." + operation)
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .build());
    }

    private static HttpRequest.Builder bearer(String path, String token) {
        return HttpRequest.newBuilder(SERVER.target().url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "text/plain");
    }
}
