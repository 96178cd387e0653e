package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RestActivityTest {

    private final WireServer server = WireServer.shared();
    private final RestClient rest = RestClient.ofRoot(server);

    private void put(String stream, String key, int times) {
        String record = "{\"partitionKey\":\"" + key + "\",\"text\":\"12345\"}";
        String records = String.join(",", java.util.Collections.nCopies(times, record));
        rest.post("/v1/streams/" + stream + "/records", "{\"records\":[" + records + "]}")
                .has(200);
    }

    @Test
    void whatCameInIsCountedForTheStreamAndEachOfItsShards() {
        String name = server.createStream(2);
        put(name, "one", 3);

        JsonNode activity =
                rest.get("/v1/streams/" + name + "/activity").has(200).json();

        assertThat(activity.path("incoming").path("records").asInt()).isEqualTo(3);
        assertThat(activity.path("incoming").path("bytes").asInt()).isEqualTo(3 * 8);
        assertThat(activity.path("incoming").path("throttled").asInt()).isZero();
        JsonNode shards = activity.path("shards");
        assertThat(shards.size()).isEqualTo(2);
        assertThat(shards.get(0).path("incomingRecords").asInt()
                        + shards.get(1).path("incomingRecords").asInt())
                .isEqualTo(3);
        assertThat(shards.get(0).path("incomingRecords").asInt()
                        * shards.get(1).path("incomingRecords").asInt())
                .as("all three have one key, so one shard has them")
                .isZero();
    }

    @Test
    void theKeysThatMostRecordsHaveAreToldFirst() {
        String name = server.createStream(1);
        String path = "/v1/streams/" + name + "/hot-keys";
        assertThat(rest.get(path).has(200).json().path("records").asInt())
                .as("nothing is counted before somebody asks")
                .isZero();
        put(name, "hot", 5);
        put(name, "cold", 1);

        JsonNode keys = rest.get(path).json();

        assertThat(keys.path("records").asInt()).isEqualTo(6);
        assertThat(keys.path("atMostMore").asInt()).isZero();
        assertThat(keys.path("keys").get(0).path("partitionKey").asString()).isEqualTo("hot");
        assertThat(keys.path("keys").get(0).path("records").asInt()).isEqualTo(5);
        assertThat(rest.get(path + "?limit=1").json().path("keys").size()).isEqualTo(1);
        rest.get(path + "?limit=0").problem(400, "ValidationException");
    }

    @Test
    void whoMayNotReadRecordsIsNotToldTheirKeys() {
        String name = server.createStream(1);
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:DescribeStreamSummary", "*"));
        RestClient ofUser = RestClient.of(server, user);

        ofUser.get("/v1/streams/" + name + "/activity").has(200);
        ofUser.get("/v1/streams/" + name + "/hot-keys").problem(403, "AccessDeniedException");
        ofUser.get("/v1/streams/not-there/activity").problem(404, "ResourceNotFoundException");
    }
}
