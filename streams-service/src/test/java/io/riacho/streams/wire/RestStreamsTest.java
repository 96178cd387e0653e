package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.arn;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RestStreamsTest {

    private final WireServer server = WireServer.shared();
    private final RestClient rest = RestClient.ofRoot(server);

    @Test
    void aStreamIsCreatedDescribedAndDeleted() {
        String name = WireServer.newName();

        RestAnswer created =
                rest.post("/v1/streams", "{\"name\":\"" + name + "\",\"shardCount\":2,\"tags\":{\"a\":\"b\"}}");

        created.has(201);
        assertThat(created.header("Location")).isEqualTo("/v1/streams/" + name);
        assertThat(created.json().path("arn").asString()).isEqualTo(arn(name));
        server.awaitActive(name);
        JsonNode stream = rest.get("/v1/streams/" + name).json();
        assertThat(stream.path("name").asString()).isEqualTo(name);
        assertThat(stream.path("mode").asString()).isEqualTo("PROVISIONED");
        assertThat(stream.path("status").asString()).isEqualTo("ACTIVE");
        assertThat(stream.path("retentionHours").asInt()).isEqualTo(24);
        assertThat(stream.path("openShardCount").asInt()).isEqualTo(2);
        assertThat(stream.has("tags")).isFalse();
        JsonNode whole =
                rest.get("/v1/streams/" + name + "?include=tags,shards").json();
        assertThat(whole.path("tags").toString()).isEqualTo("{\"a\":\"b\"}");
        assertThat(whole.path("shards").size()).isEqualTo(2);
        rest.delete("/v1/streams/" + name).has(202);
        server.awaitGone(name);
        rest.get("/v1/streams/" + name).problem(404, "ResourceNotFoundException");
    }

    @Test
    void aStreamWithoutAShardCountIsOnDemand() {
        String name = WireServer.newName();

        rest.post("/v1/streams", "{\"name\":\"" + name + "\"}").has(201);

        server.awaitActive(name);
        assertThat(rest.get("/v1/streams/" + name).json().path("mode").asString())
                .isEqualTo("ON_DEMAND");
    }

    @Test
    void aStreamIsCreatedWithARetentionPeriodByWhoMaySetIt() {
        String name = WireServer.newName();
        String wanted = "{\"name\":\"" + name + "\",\"shardCount\":1,\"retentionHours\":72}";
        TestUsers.User mayCreate = server.users().with(TestUsers.allowing("kinesis:CreateStream", "*"));

        RestClient.of(server, mayCreate).post("/v1/streams", wanted).problem(403, "AccessDeniedException");
        rest.get("/v1/streams/" + name).problem(404, "ResourceNotFoundException");
        rest.post("/v1/streams", wanted).has(201);

        assertThat(server.summary(name).path("RetentionPeriodHours").asInt()).isEqualTo(72);
    }

    @Test
    void eachSettingIsChangedAlone() {
        String name = server.createStream(1);
        String path = "/v1/streams/" + name;

        rest.patch(path, "{\"retentionHours\":48}").has(202);
        assertThat(server.summary(name).path("RetentionPeriodHours").asInt()).isEqualTo(48);
        rest.patch(path, "{\"retentionHours\":24}").has(202);
        assertThat(server.summary(name).path("RetentionPeriodHours").asInt()).isEqualTo(24);
        rest.patch(path, "{\"shardCount\":2}").has(202);
        server.awaitActive(name);
        assertThat(server.summary(name).path("OpenShardCount").asInt()).isEqualTo(2);
        rest.patch(path, "{\"maxRecordSizeKiB\":2048}").has(202);
        server.awaitActive(name);
        assertThat(server.summary(name).path("MaxRecordSizeInKiB").asInt()).isEqualTo(2048);
        rest.patch(path, "{\"mode\":\"ON_DEMAND\"}").has(202);
        server.awaitActive(name);
        assertThat(server.summary(name)
                        .path("StreamModeDetails")
                        .path("StreamMode")
                        .asString())
                .isEqualTo("ON_DEMAND");
        rest.patch(path, "{\"mode\":\"ON_DEMAND\",\"retentionHours\":48}").problem(400, "ValidationException");
        rest.patch(path, "{}").problem(400, "ValidationException");
    }

    @Test
    void streamsAndShardsAreListedInPages() {
        String name = server.createStream(3);
        server.createStream(1);

        JsonNode first = rest.get("/v1/streams?limit=1").json();
        assertThat(first.path("streams").size()).isEqualTo(1);
        JsonNode second = rest.get("/v1/streams?limit=1&nextToken="
                        + first.path("nextToken").asString())
                .json();
        assertThat(second.path("streams").path(0).path("name").asString())
                .isGreaterThan(first.path("streams").path(0).path("name").asString());

        JsonNode shards = rest.get("/v1/streams/" + name + "/shards?limit=2").json();
        assertThat(shards.path("shards").path(1).path("shardId").asString()).isEqualTo("shardId-000000000001");
        JsonNode rest2 = rest.get("/v1/streams/" + name + "/shards?nextToken="
                        + shards.path("nextToken").asString())
                .json();
        assertThat(rest2.path("shards").path(0).path("shardId").asString()).isEqualTo("shardId-000000000002");
        assertThat(rest2.has("nextToken")).isFalse();
    }

    @Test
    void whatIsIncludedNeedsItsOwnPermission() {
        String name = server.createStream(1);
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:DescribeStreamSummary", arn(name)));
        RestClient client = RestClient.of(server, user);

        client.get("/v1/streams/" + name).has(200);
        assertThat(client.get("/v1/streams/" + name + "?include=tags").problem(403, "AccessDeniedException"))
                .contains("kinesis:ListTagsForStream");
        assertThat(client.get("/v1/streams/" + name + "?include=shards").problem(403, "AccessDeniedException"))
                .contains("kinesis:ListShards");
        client.delete("/v1/streams/" + name).problem(403, "AccessDeniedException");
        client.get("/v1/streams").problem(403, "AccessDeniedException");
    }

    @Test
    void aStreamThatIsThereIsNotCreatedAgain() {
        String name = server.createStream(1);

        rest.post("/v1/streams", "{\"name\":\"" + name + "\",\"shardCount\":1}").problem(409, "ResourceInUseException");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "[]",
                "null",
                "7",
                "{",
                "{\"name\":\"a\"}x",
                "{\"name\":7}",
                "{\"name\":{}}",
                "{\"shardCount\":1}",
                "{\"name\":\"a b\",\"shardCount\":1}",
                "{\"name\":\"never\",\"shardCount\":0}",
                "{\"name\":\"never\",\"shardCount\":\"1\"}",
                "{\"name\":\"never\",\"shardCount\":1.5}",
                "{\"name\":\"never\",\"shardCount\":99999999999}",
                "{\"name\":\"never\",\"mode\":\"SOMETIMES\"}",
                "{\"name\":\"never\",\"shardCount\":1,\"retentionHours\":1}",
                "{\"name\":\"never\",\"shards\":1}"
            })
    void aStreamThatIsNotValidIsRefused(String json) {
        RestAnswer answer = rest.post("/v1/streams", json);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        rest.get("/v1/streams/never").problem(404, "ResourceNotFoundException");
    }
}
