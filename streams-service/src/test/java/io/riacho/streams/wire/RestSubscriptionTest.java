package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RestSubscriptionTest {

    private final WireServer server = WireServer.shared();
    private final RestClient rest = RestClient.ofRoot(server);
    private String stream = "";
    private String path = "";

    @BeforeEach
    void aStream() {
        stream = server.createStream(2);
        path = "/v1/streams/" + stream + "/records?as=text";
    }

    @Test
    void allRecordsOfAllShardsComeInTheOrderOfTheirShards() {
        List<String> texts = IntStream.range(0, 100).mapToObj(i -> "r" + i).toList();
        texts.forEach(text -> put(text));

        try (EventReader reader = rest.subscribe(path + "&from=trim-horizon")) {
            assertThat(reader.status()).isEqualTo(200);
            assertThat(reader.contentType()).isEqualTo("text/event-stream;charset=UTF-8");
            Map<String, List<Integer>> byShard = new HashMap<>();
            for (int i = 0; i < texts.size(); i++) {
                EventReader.Event event = reader.next();
                assertThat(event.json().path("partitionKey").asString()).isEqualTo(event.text());
                byShard.computeIfAbsent(event.json().path("shardId").asString(), _ -> new ArrayList<>())
                        .add(Integer.parseInt(event.text().substring(1)));
            }
            assertThat(byShard).hasSize(2);
            byShard.values().forEach(numbers -> assertThat(numbers).isSorted());
            assertThat(byShard.values().stream().mapToInt(List::size).sum()).isEqualTo(100);
        }
    }

    @Test
    void byDefaultOnlyWhatComesFromNowOnIsReadAndAtOnce() {
        put("before");
        try (EventReader reader = rest.subscribe(path)) {
            reader.awaitBegun();
            put("after");
            assertThat(reader.next().text()).isEqualTo("after");
            put("more");
            assertThat(reader.next().text()).isEqualTo("more");
        }
    }

    @Test
    void aReaderMayBeginAtATimeOrAfterASequenceNumber() {
        put("a");
        String shard = rest.send("POST", "/v1/streams/" + stream + "/records?partitionKey=b", "text/plain", bytes("b"))
                .json()
                .path("shardId")
                .asString();
        String second = rest.send(
                        "POST", "/v1/streams/" + stream + "/records?partitionKey=b", "text/plain", bytes("b2"))
                .json()
                .path("sequenceNumber")
                .asString();
        put(shard, "c");

        try (EventReader reader = rest.subscribe(path + "&from=2026-01-01T00:00:00Z")) {
            Set<String> texts = Set.of(
                    reader.next().text(),
                    reader.next().text(),
                    reader.next().text(),
                    reader.next().text());
            assertThat(texts).containsExactlyInAnyOrder("a", "b", "b2", "c");
        }
        try (EventReader reader = rest.subscribe(path + "&shardId=" + shard + "&after=" + second)) {
            assertThat(reader.next().text()).isEqualTo("c");
        }
    }

    @Test
    void aReaderThatComesAgainWithTheLastIdGoesOnBehindIt() {
        String lastId;
        try (EventReader reader = rest.subscribe(path)) {
            reader.awaitBegun();
            lastId = reader.lastId();
        }
        put("while away");

        try (EventReader reader = rest.subscribe(path, "Last-Event-ID", lastId)) {
            assertThat(reader.next().text()).isEqualTo("while away");
            lastId = reader.lastId();
        }
        put("later");
        try (EventReader reader = rest.subscribe(path + "&from=trim-horizon", "Last-Event-ID", lastId)) {
            assertThat(reader.next().text()).isEqualTo("later");
        }
    }

    /** Splits and merges while records are put, and a reader that loses its connection after every few events. */
    @Test
    void noRecordIsLostOrReadTwiceThroughReshardingAndReconnecting() throws InterruptedException {
        int records = 600;
        Thread writer = Thread.ofVirtual().start(() -> {
            for (int i = 0; i < records; i++) {
                put("key-" + i % 20, "r" + i);
            }
        });
        Thread resharder = Thread.ofVirtual().start(() -> {
            for (int shards : new int[] {4, 2, 3, 1, 2}) {
                server.call(
                                "UpdateShardCount",
                                "StreamName",
                                stream,
                                "TargetShardCount",
                                shards,
                                "ScalingType",
                                "UNIFORM_SCALING")
                        .json();
                server.awaitActive(stream);
            }
        });

        List<Integer> read = new ArrayList<>();
        String lastId = null;
        while (read.size() < records) {
            lastId = readSome(lastId, read, 37);
        }
        writer.join();
        resharder.join();

        assertThat(server.shards(stream)).hasSizeGreaterThan(6);
        assertThat(new HashSet<>(read)).hasSize(records);
        for (int key = 0; key < 20; key++) {
            int own = key;
            assertThat(read.stream().filter(number -> number % 20 == own).toList())
                    .as("records of one key")
                    .isSorted();
        }
        try (EventReader reader = rest.subscribe(path, "Last-Event-ID", String.valueOf(lastId))) {
            reader.awaitBegun();
            assertThat(reader.poll(500)).as("a record that was read before").isNull();
        }
    }

    /** Reads up to so many events, and drops the connection without a word. */
    private String readSome(@Nullable String lastId, List<Integer> read, int most) {
        String[] headers = lastId == null ? new String[0] : new String[] {"Last-Event-ID", lastId};
        String id = lastId == null ? "" : lastId;
        try (EventReader reader = rest.subscribe(path + "&from=trim-horizon", headers)) {
            for (int i = 0; i < most && read.size() < 600; i++) {
                EventReader.Event event = reader.poll(2000);
                if (event == null || !event.name().isEmpty()) {
                    break;
                }
                read.add(Integer.parseInt(event.text().substring(1)));
                id = event.id();
            }
        }
        return id;
    }

    @Test
    void aSingleShardEndsWhereItWasClosedAndItsReaderNeedNotComeAgain() {
        String shard = "shardId-000000000000";
        try (EventReader reader = rest.subscribe(path + "&from=trim-horizon&shardId=" + shard)) {
            reader.awaitBegun();
            server.call("SplitShard", "StreamName", stream, "ShardToSplit", shard, "NewStartingHashKey", "1000")
                    .isEmpty();
            EventReader.Event end = reader.next();
            assertThat(end.name()).isEqualTo("end");
            assertThat(reader.next().name()).isEqualTo("closed");
            rest.send("GET", path + "&shardId=" + shard, null, new byte[0], "Last-Event-ID", end.id())
                    .has(204);
        }
    }

    @Test
    void aReaderThatMayNoLongerReadIsToldSo() {
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:*", "*"));
        try (EventReader reader = RestClient.of(server, user).subscribe(path)) {
            reader.awaitBegun();
            server.call(
                            "PutResourcePolicy",
                            "ResourceARN",
                            arn(stream),
                            "Policy",
                            "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Deny\",\"Principal\":{\"AWS\":\""
                                    + user.arn() + "\"},\"Action\":\"kinesis:GetRecords\",\"Resource\":\"" + arn(stream)
                                    + "\"}]}")
                    .isEmpty();
            put("secret");

            EventReader.Event event = reader.next();

            assertThat(event.name()).isEqualTo("problem");
            assertThat(event.json().path("title").asString()).isEqualTo("AccessDeniedException");
            assertThat(event.json().path("status").asInt()).isEqualTo(403);
            assertThat(reader.next().name()).isEqualTo("closed");
        }
    }

    @Test
    void aReaderWhoseCredentialsAreTakenAwayIsToldSoThoughItHasNothingToRead() {
        TestUsers.User user = server.users().with(TestUsers.allowing("kinesis:*", "*"));
        try (EventReader reader = RestClient.of(server, user).subscribe(path)) {
            reader.awaitBegun();
            server.users().revoke(user);

            EventReader.Event event = reader.next();

            assertThat(event.name()).isEqualTo("problem");
            assertThat(event.json().path("title").asString()).isEqualTo("UnrecognizedClientException");
        }
    }

    @Test
    void aReaderOfAStreamThatIsDeletedIsToldSo() {
        try (EventReader reader = rest.subscribe(path)) {
            reader.awaitBegun();
            server.call("DeleteStream", "StreamName", stream).isEmpty();

            EventReader.Event event = reader.next();

            assertThat(event.name()).isEqualTo("problem");
            assertThat(event.json().path("title").asString()).isEqualTo("ResourceNotFoundException");
        }
    }

    @Test
    void aReaderNeedsThePermissionsOfWhatItReads() {
        for (String missing : List.of("kinesis:GetRecords", "kinesis:GetShardIterator", "kinesis:ListShards")) {
            TestUsers.User user = server.users()
                    .with(TestUsers.allowing("kinesis:*", "*"), TestUsers.statement("Deny", missing, "*"));
            assertThat(RestClient.of(server, user).subscribeRefused(path).problem(403, "AccessDeniedException"))
                    .contains(missing);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"nonsense", "AQ", "AQEAAA", "AQEA________fw", "////", "AP8"})
    void anIdThatNoEventHasIsRefused(String id) {
        RestAnswer answer =
                rest.send("GET", path, null, new byte[0], "Last-Event-ID", id, "Accept", "text/event-stream");

        answer.problem(400, "InvalidArgumentException");
    }

    @Test
    void anotherStreamsIdIsRefused() {
        String id;
        try (EventReader reader = rest.subscribe(path)) {
            reader.awaitBegun();
            id = reader.lastId();
        }

        rest.send("GET", "/v1/streams/" + server.createStream(2) + "/records", null, new byte[0], "Last-Event-ID", id)
                .problem(400, "InvalidArgumentException");
    }

    @Test
    void startsThatMakeNoSenseAreRefused() {
        rest.get(path + "&from=yesterday").problem(400, "ValidationException");
        rest.get(path + "&as=xml").problem(400, "ValidationException");
        rest.get(path + "&after=1").problem(400, "ValidationException");
        rest.get(path + "&from=2100-01-01T00:00:00Z").problem(400, "InvalidArgumentException");
        rest.get(path + "&shardId=shardId-000000000009").problem(404, "ResourceNotFoundException");
        rest.get(path + "&shardId=shardId-000000000000&after=x").problem(400, "ValidationException");
        rest.send("GET", path, null, new byte[0], "Accept", "application/json").problem(406, "NotAcceptableException");
    }

    /** The slow reader's connection fills up with more than fits into all buffers on the way. */
    @Test
    void aReaderThatDoesNotReadHoldsUpNobody() {
        byte[] data = new byte[500_000];
        try (EventReader slow = rest.subscribeUnread(path + "&from=trim-horizon");
                EventReader fast = rest.subscribe(path + "&from=trim-horizon")) {
            for (int i = 0; i < 40; i++) {
                rest.send("POST", "/v1/streams/" + stream + "/records?partitionKey=" + i, "text/plain", data)
                        .has(200);
            }
            for (int i = 0; i < 40; i++) {
                assertThat(fast.next().json().path("partitionKey").asString()).isNotEmpty();
            }
            assertThat(slow.status()).isEqualTo(200);
        }
    }

    @Test
    void aHundredIdleReadersTakeNoThreadsOfTheSystemAndAllHearOfARecord() {
        int before = Thread.getAllStackTraces().size();
        List<EventReader> readers = new ArrayList<>();
        try {
            for (int i = 0; i < 100; i++) {
                readers.add(rest.subscribe(path));
            }
            readers.forEach(EventReader::awaitBegun);
            int more = Thread.getAllStackTraces().size() - before;

            put("to all");

            for (EventReader reader : readers) {
                assertThat(reader.next().text()).isEqualTo("to all");
            }
            assertThat(more).as("threads for 100 readers").isLessThan(30);
        } finally {
            readers.forEach(EventReader::close);
        }
    }

    private void put(String text) {
        put(text, text);
    }

    private void put(String keyOrShard, String text) {
        Map<String, Object> request = object(
                "StreamName",
                stream,
                "PartitionKey",
                keyOrShard,
                "Data",
                java.util.Base64.getEncoder().encodeToString(bytes(text)));
        if (keyOrShard.startsWith("shardId-")) {
            request.put(
                    "ExplicitHashKey",
                    server.shards(stream).stream()
                            .filter(shard -> shard.path("ShardId").asString().equals(keyOrShard))
                            .findFirst()
                            .orElseThrow()
                            .path("HashKeyRange")
                            .path("StartingHashKey")
                            .asString());
        }
        server.call("PutRecord", request).json();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
