package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.arn;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class RestRecordsTest {

    private static final String SHARD = "shardId-000000000000";

    private final WireServer server = WireServer.shared();
    private final RestClient rest = RestClient.ofRoot(server);
    private String stream = "";
    private String records = "";

    @BeforeEach
    void aStream() {
        stream = server.createStream(1);
        records = "/v1/streams/" + stream + "/records";
    }

    @Test
    void oneRecordIsTheBodyOfTheRequest() {
        byte[] data = new byte[100_000];
        new Random(1).nextBytes(data);

        RestAnswer put = rest.send("POST", records + "?partitionKey=k%C3%A9y", "application/octet-stream", data);

        assertThat(put.json().path("shardId").asString()).isEqualTo(SHARD);
        JsonNode record = read("").path("records").path(0);
        assertThat(record.path("sequenceNumber")).isEqualTo(put.json().path("sequenceNumber"));
        assertThat(record.path("partitionKey").asString()).isEqualTo("kéy");
        assertThat(Base64.getDecoder().decode(record.path("data").asString())).isEqualTo(data);
    }

    @Test
    void thePartitionKeyMayBeAHeaderAndTheTypeAnyButJson() {
        rest.send("POST", records, "text/plain", "a".getBytes(UTF_8), "Partition-Key", "k")
                .json();
        rest.send("POST", records, null, "b".getBytes(UTF_8), "Partition-Key", "k")
                .json();

        assertThat(read("?as=text").path("records").path(0).path("text").asString())
                .isEqualTo("a");
        assertThat(read("?as=text").path("records").path(1).path("text").asString())
                .isEqualTo("b");
    }

    @Test
    void aRecordWithoutAPartitionKeyIsRefused() {
        assertThat(rest.send("POST", records, "text/plain", new byte[1]).problem(400, "ValidationException"))
                .contains("partitionKey");
        assertThat(rest.post(records, "{\"records\":[{\"text\":\"a\"}]}").problem(400, "ValidationException"))
                .contains("partitionKey");
        assertThat(read("").path("records").size()).isZero();
    }

    @Test
    void manyRecordsAreBytesTextAndJson() {
        JsonNode put = rest.post(records, """
            {"records":[
              {"partitionKey":"a","data":"AP8="},
              {"partitionKey":"b","text":"grün"},
              {"partitionKey":"c","json":{"n":1.10,"big":12345678901234567890123,"a":[true,null]}}]}\
            """).json();

        assertThat(put.path("failedRecordCount").asInt()).isZero();
        assertThat(put.path("records").size()).isEqualTo(3);
        String read = rest.get("/v1/iterators/" + iterator() + "/records?as=json")
                .has(200)
                .text();
        assertThat(read)
                .contains("\"data\":\"AP8=\"", "\"text\":\"grün\"")
                .contains("\"json\":{\"n\":1.10,\"big\":12345678901234567890123,\"a\":[true,null]}");
    }

    @Test
    void anExplicitHashKeyLeadsToItsShard() {
        String two = server.createStream(2);
        String last = "340282366920938463463374607431768211455";

        JsonNode one = rest.send(
                        "POST",
                        "/v1/streams/" + two + "/records?partitionKey=k&explicitHashKey=" + last,
                        "text/plain",
                        new byte[0])
                .json();
        JsonNode many = rest.post(
                        "/v1/streams/" + two + "/records",
                        "{\"records\":[{\"partitionKey\":\"k\",\"explicitHashKey\":\"0\",\"text\":\"\"}]}")
                .json();

        assertThat(one.path("shardId").asString()).isEqualTo("shardId-000000000001");
        assertThat(many.path("records").path(0).path("shardId").asString()).isEqualTo(SHARD);
    }

    @Test
    void readingGoesOnFromTheNextIteratorAndEndsWithTheShard() {
        put("a");
        put("b");
        JsonNode first = read("?limit=1&as=text");
        assertThat(first.path("records").size()).isEqualTo(1);
        server.call("SplitShard", "StreamName", stream, "ShardToSplit", SHARD, "NewStartingHashKey", "1000")
                .isEmpty();
        server.awaitActive(stream);

        JsonNode second = rest.get("/v1/iterators/" + first.path("nextIterator").asString() + "/records?as=text")
                .json();

        assertThat(second.path("records").path(0).path("text").asString()).isEqualTo("b");
        assertThat(second.has("nextIterator")).isFalse();
        assertThat(second.path("childShards").toString())
                .isEqualTo("[\"shardId-000000000001\",\"shardId-000000000002\"]");
    }

    @Test
    void anIteratorBeginsWhereItIsAskedTo() {
        String a = put("a");
        put("b");
        String path = "/v1/streams/" + stream + "/shards/" + SHARD + "/iterators";

        assertThat(textBy(path, "{\"type\":\"AT_SEQUENCE_NUMBER\",\"sequenceNumber\":\"" + a + "\"}"))
                .isEqualTo("a");
        assertThat(textBy(path, "{\"type\":\"AFTER_SEQUENCE_NUMBER\",\"sequenceNumber\":\"" + a + "\"}"))
                .isEqualTo("b");
        assertThat(textBy(path, "{\"type\":\"AT_TIMESTAMP\",\"timestamp\":\"2026-01-01T00:00:00Z\"}"))
                .isEqualTo("a");
        assertThat(textBy(path, "{\"type\":\"LATEST\"}")).isEmpty();
        rest.post(path, "{\"type\":\"NOWHERE\"}").problem(400, "ValidationException");
        rest.post(path, "{}").problem(400, "ValidationException");
        rest.post(path.replace(SHARD, "shardId-000000000009"), "{\"type\":\"LATEST\"}")
                .problem(404, "ResourceNotFoundException");
    }

    @Test
    void anIteratorGetsTooOld() {
        String iterator = iterator();

        server.clock()
                .ahead(
                        Duration.ofMinutes(6),
                        () -> rest.get("/v1/iterators/" + iterator + "/records")
                                .problem(410, "ExpiredIteratorException"));
        rest.get("/v1/iterators/no-iterator/records").problem(400, "InvalidArgumentException");
    }

    @Test
    void theLimitsOfShardsCountForPutsAndReads() {
        server.call("CreateStream", "StreamName", WireServer.THROTTLED_STREAM, "ShardCount", 1);
        server.awaitActive(WireServer.THROTTLED_STREAM);
        String path = "/v1/streams/" + WireServer.THROTTLED_STREAM + "/records";
        String many = "{\"records\":[" + "{\"partitionKey\":\"k\",\"text\":\"\"},".repeat(19)
                + "{\"partitionKey\":\"k\",\"text\":\"\"}]}";

        JsonNode put = rest.post(path, many).json();

        assertThat(put.path("failedRecordCount").asInt()).isPositive();
        assertThat(put.path("records").path(19).path("errorCode").asString())
                .isEqualTo("ProvisionedThroughputExceededException");
        RestAnswer throttled = rest.send("POST", path + "?partitionKey=k", "text/plain", new byte[1]);
        throttled.problem(429, "ProvisionedThroughputExceededException");
        assertThat(throttled.header("Retry-After")).isEqualTo("1");
    }

    @Test
    void eachFormNeedsItsAction() {
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:PutRecord", arn(stream)));
        RestClient client = RestClient.of(server, user);

        client.send("POST", records + "?partitionKey=k", "text/plain", new byte[1])
                .has(200);
        assertThat(client.post(records, "{\"records\":[{\"partitionKey\":\"k\",\"text\":\"\"}]}")
                        .problem(403, "AccessDeniedException"))
                .contains("kinesis:PutRecords");
        assertThat(client.get("/v1/iterators/" + iterator() + "/records").problem(403, "AccessDeniedException"))
                .contains("kinesis:GetRecords");
        assertThat(client.post("/v1/streams/" + stream + "/shards/" + SHARD + "/iterators", "{\"type\":\"LATEST\"}")
                        .problem(403, "AccessDeniedException"))
                .contains("kinesis:GetShardIterator");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "[]",
                "{\"records\":7}",
                "{\"records\":[]}",
                "{\"records\":[7]}",
                "{\"records\":[null]}",
                "{\"records\":[{\"partitionKey\":\"k\"}]}",
                "{\"records\":[{\"partitionKey\":\"k\",\"text\":\"a\",\"data\":\"AA==\"}]}",
                "{\"records\":[{\"partitionKey\":\"k\",\"text\":7}]}",
                "{\"records\":[{\"partitionKey\":7,\"text\":\"\"}]}",
                "{\"records\":[{\"partitionKey\":\"k\",\"data\":\"%%\"}]}",
                "{\"records\":[{\"partitionKey\":\"k\",\"text\":\"\",\"explicitHashKey\":\"x\"}]}",
                "{\"records\":[{\"partitionKey\":\"k\",\"text\":\"\",\"more\":1}]}",
                "{\"records\":[{\"partitionKey\":\"k\",\"json\":{\"a\":}}]}",
                "{\"records\":[{\"partitionKey\":\"k\",\"text\":\"\"}]",
                "{\"records\":[{\"partitionKey\":\"k\",\"text\":\"\"}]} {}",
                "{\"records\":[{\"partitionKey\":\"k\",\"text\":\"\"}],\"more\":1}"
            })
    void recordsThatAreNotValidAreRefused(String json) {
        RestAnswer answer = rest.post(records, json);

        assertThat(answer.status()).as(answer.toString()).isEqualTo(400);
        assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
        assertThat(read("").path("records").size()).isZero();
    }

    @Test
    void moreThanFiveHundredRecordsAreTooMany() {
        String record = "{\"partitionKey\":\"k\",\"text\":\"\"}";

        assertThat(rest.post(records, "{\"records\":[" + (record + ",").repeat(499) + record + "]}")
                        .json()
                        .path("records")
                        .size())
                .isEqualTo(500);
        rest.post(records, "{\"records\":[" + (record + ",").repeat(500) + record + "]}")
                .problem(400, "ValidationException");
    }

    @Test
    void deepJsonIsRefusedAndNotFollowed() {
        String deep = "[".repeat(100_000);

        RestAnswer answer = rest.post(records, "{\"records\":[{\"partitionKey\":\"k\",\"json\":" + deep + "}]}");

        answer.problem(400, "SerializationException");
    }

    private String put(String text) {
        return rest.send("POST", records + "?partitionKey=k", "text/plain", text.getBytes(UTF_8))
                .json()
                .path("sequenceNumber")
                .asString();
    }

    private String textBy(String path, String json) {
        String iterator = rest.post(path, json).has(201).json().path("iterator").asString();
        return rest.get("/v1/iterators/" + iterator + "/records?as=text")
                .json()
                .path("records")
                .path(0)
                .path("text")
                .asString("");
    }

    private String iterator() {
        return rest.post("/v1/streams/" + stream + "/shards/" + SHARD + "/iterators", "{\"type\":\"TRIM_HORIZON\"}")
                .has(201)
                .json()
                .path("iterator")
                .asString();
    }

    private JsonNode read(String query) {
        return rest.get("/v1/iterators/" + iterator() + "/records" + query).json();
    }
}
