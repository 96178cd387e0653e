package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.leases.Application;
import io.riacho.leases.ApplicationLeases;
import io.riacho.leases.HeldLease;
import io.riacho.leases.LeaseTable;
import io.riacho.leases.NewLease;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class RestApplicationsTest {

    private static final String FIRST = "shardId-000000000000";
    private static final String SECOND = "shardId-000000000001";

    private final WireServer server = WireServer.shared();
    private final RestClient rest = RestClient.ofRoot(server);
    private final String stream = server.createStream(2);
    private final String name = WireServer.newName();
    private final ApplicationLeases leases = server.bean("leaseTable", LeaseTable.class)
            .open(new Application("FIREHOSE", name, WireServer.arn(stream)), Duration.ofMinutes(5));

    @Test
    void anApplicationIsShownWithItsShardsWorkersAndCheckpoints() {
        leases.add(List.of(lease(FIRST), lease(SECOND)));
        HeldLease held = leases.take(FIRST, "worker-1").orElseThrow().held();
        String number = put("a");
        leases.checkpoint(held, number, null);

        JsonNode application = only();

        assertThat(application.path("kind").asString()).isEqualTo("FIREHOSE");
        assertThat(application.path("workers").toString()).isEqualTo("[{\"name\":\"worker-1\",\"shards\":1}]");
        JsonNode shard = application.path("shards").path(0);
        assertThat(shard.path("stream").asString()).isEqualTo(stream);
        assertThat(shard.path("shard").asString()).isEqualTo(FIRST);
        assertThat(shard.path("worker").asString()).isEqualTo("worker-1");
        assertThat(shard.path("checkpoint").asString()).isEqualTo(number);
        assertThat(shard.path("recordsBehind").asLong(-1)).isZero();
        assertThat(shard.path("millisBehind").asLong(-1)).isZero();
        assertThat(shard.has("changedAt")).isTrue();
        assertThat(application.path("shards").path(1).has("worker")).isFalse();
    }

    @Test
    void theLagIsWhatLiesBehindTheCheckpoint() {
        leases.add(List.of(lease(FIRST)));
        HeldLease held = leases.take(FIRST, "worker-1").orElseThrow().held();
        String first = put("a");
        put("b");
        put("c");
        assertThat(only().path("shards").path(0).path("recordsBehind").asLong()).isEqualTo(3);

        leases.checkpoint(held, first, null);

        server.clock().ahead(Duration.ofMinutes(2), () -> {
            JsonNode shard = only().path("shards").path(0);
            assertThat(shard.path("recordsBehind").asLong()).isEqualTo(2);
            assertThat(shard.path("millisBehind").asLong()).isBetween(120_000L, 180_000L);
        });
    }

    @Test
    void aCheckpointOfAnotherShardTellsNoLag() {
        leases.add(List.of(lease(SECOND)));
        HeldLease held = leases.take(SECOND, "worker-1").orElseThrow().held();
        leases.checkpoint(held, put("a"), null);

        assertThat(only().path("shards").path(0).has("recordsBehind")).isFalse();
    }

    @Test
    void aShardThatHasEndedIsNotBehind() {
        leases.add(List.of(lease(FIRST)));
        leases.end(leases.take(FIRST, "worker-1").orElseThrow().held(), "SHARD_END", List.of());

        JsonNode shard = only().path("shards").path(0);
        assertThat(shard.path("ended").asBoolean()).isTrue();
        assertThat(shard.path("recordsBehind").asLong(-1)).isZero();
    }

    @Test
    void applicationsOfAStreamAreFoundByIt() {
        leases.add(List.of(lease(FIRST)));

        assertThat(rest.get("/v1/applications?stream=" + stream)
                        .json()
                        .path("applications")
                        .size())
                .isEqualTo(1);
        assertThat(rest.get("/v1/applications?stream=other")
                        .json()
                        .path("applications")
                        .size())
                .isZero();
    }

    @Test
    void onlyWhoMayListApplicationsIsTold() {
        TestUsers.User other = server.users().with(TestUsers.allowing("kinesis:*", "*"));
        TestUsers.User allowed = server.users().with(TestUsers.allowing("riacho:ListApplications", "*"));

        RestClient.of(server, other).get("/v1/applications").problem(403, "AccessDeniedException");
        RestClient.ofNobody(server).get("/v1/applications").has(401);
        RestClient.of(server, allowed).get("/v1/applications").has(200);
    }

    private static NewLease lease(String shard) {
        return new NewLease(shard, List.of(), "TRIM_HORIZON");
    }

    /** Puts a record to the first shard. */
    private String put(String data) {
        return server.call(
                        "PutRecord",
                        "StreamName",
                        stream,
                        "PartitionKey",
                        "k",
                        "ExplicitHashKey",
                        "0",
                        "Data",
                        Base64.getEncoder().encodeToString(data.getBytes(StandardCharsets.UTF_8)))
                .json()
                .path("SequenceNumber")
                .asString();
    }

    private JsonNode only() {
        JsonNode found = rest.get("/v1/applications?name=" + name).json().path("applications");
        assertThat(found.size()).isEqualTo(1);
        return found.path(0);
    }
}
