package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class UsageTest {

    private static final int KIB = 1 << 10;
    private static final String ALL = "{\"currency\":\"EUR\",\"note\":\"as of today\",\"prices\":["
            + "{\"meter\":\"streams.put-payload-units\",\"price\":0.5,\"per\":2}]}";

    private final WireServer server = WireServer.shared();
    private final RestClient rest = RestClient.ofRoot(server);

    @Test
    void putsAreCountedExactlyByWhoMadeThem() {
        String stream = server.createStream(3);
        TestUsers.User ann = user();
        TestUsers.User bob = user();
        put(ann, stream, 1, 25 * KIB - 1, 25 * KIB, 25 * KIB + 1, 50 * KIB + 1);
        put(ann, stream, 7);
        put(bob, stream, 100 * KIB);

        Map<String, Long> used = used(stream, "principal", "resource");

        assertThat(used)
                .containsEntry(ann.arn() + " streams.records-in", 6L)
                .containsEntry(ann.arn() + " streams.bytes-in", 125L * KIB + 9)
                .containsEntry(ann.arn() + " streams.put-payload-units", 1L + 1 + 1 + 2 + 3 + 1)
                .containsEntry(bob.arn() + " streams.records-in", 1L)
                .containsEntry(bob.arn() + " streams.bytes-in", 100L * KIB)
                .containsEntry(bob.arn() + " streams.put-payload-units", 4L);
        assertThat(used.keySet()).noneMatch(key -> key.contains("on-demand") || key.contains("unknown"));
    }

    /** What is not stored costs nothing. */
    @Test
    void aRecordThatItsShardIsTooBusyForIsNotCounted() {
        server.call("CreateStream", "StreamName", WireServer.THROTTLED_STREAM, "ShardCount", 1);
        server.awaitActive(WireServer.THROTTLED_STREAM);
        List<Object> records = new ArrayList<>();
        for (int i = 0; i < 50; i++) {
            records.add(WireServer.object("PartitionKey", "k", "Data", ""));
        }
        int failed = server.call("PutRecords", "StreamName", WireServer.THROTTLED_STREAM, "Records", records)
                .json()
                .path("FailedRecordCount")
                .asInt();

        Map<String, Long> used = used(WireServer.THROTTLED_STREAM, "resource");
        server.call("DeleteStream", "StreamName", WireServer.THROTTLED_STREAM);
        server.awaitGone(WireServer.THROTTLED_STREAM);

        assertThat(failed).isPositive();
        assertThat(used.get(" streams.records-in")).isGreaterThanOrEqualTo(50 - failed);
        assertThat(used.get(" streams.records-in")).isLessThan(50);
    }

    @Test
    void onDemandStreamsCountKibibytesAndNoUnits() {
        String stream = server.createStream("StreamModeDetails", Map.of("StreamMode", "ON_DEMAND"));
        put(server.users().root(), stream, 1, KIB, KIB + 1);

        server.clock().ahead(Duration.ofHours(3), () -> {
            Map<String, Long> used = used(stream, "resource");

            assertThat(used)
                    .containsEntry(" streams.on-demand-bytes-in", 4L * KIB)
                    .containsEntry(" streams.bytes-in", 2L * KIB + 2)
                    .containsEntry(" streams.on-demand-stream-hours", 3L)
                    .doesNotContainKeys(" streams.put-payload-units", " streams.shard-hours");
        });
    }

    @Test
    void readsAreCountedByWhoReads() {
        String stream = server.createStream(1);
        put(server.users().root(), stream, 1000, 500);
        TestUsers.User reader = user();
        String iterator = server.iterator(stream, "shardId-000000000000", "TRIM_HORIZON");

        server.callAs(reader, "GetRecords", WireServer.object("ShardIterator", iterator))
                .json();

        assertThat(used(stream, "principal", "resource")).containsEntry(reader.arn() + " streams.bytes-out", 1500L);
    }

    @Test
    void fanOutIsCountedByBytesAndByTheTimeThatConsumersAreThere() throws Exception {
        String stream = server.createStream(2);
        String consumer = server.registerConsumer(stream, "reader");
        put(server.users().root(), stream, 2000);
        String shard = "shardId-000000000000";
        String other = "shardId-000000000001";
        TestUsers.User reader = user();
        for (String each : List.of(shard, other)) {
            var answer = server.subscribe(reader, consumer, each, WireServer.object("Type", "TRIM_HORIZON"));
            WireServer.await(() -> true);
            try (var body = answer.body()) {
                assertThat(body.readNBytes(200)).hasSize(200);
            }
        }

        WireServer.await(() -> used(stream, "resource").containsKey(" streams.fan-out-bytes-out"));
        assertThat(used(stream, "principal", "resource"))
                .containsEntry(reader.arn() + " streams.fan-out-bytes-out", 2000L);
        server.clock()
                .ahead(
                        Duration.ofHours(2),
                        () -> assertThat(used(stream, "resource").get(" streams.fan-out-consumer-shard-hours"))
                                .isEqualTo(4L));
    }

    @Test
    void shardHoursFollowTheShardsThatAreOpen() {
        String stream = server.createStream(2);
        server.clock().ahead(Duration.ofHours(1), () -> {
            server.call("IncreaseStreamRetentionPeriod", "StreamName", stream, "RetentionPeriodHours", 48);
            server.call(
                    "SplitShard",
                    "StreamName",
                    stream,
                    "ShardToSplit",
                    "shardId-000000000000",
                    "NewStartingHashKey",
                    "1000");
            server.awaitActive(stream);
            server.clock().ahead(Duration.ofHours(2), () -> {
                Map<String, Long> used = used(stream, "resource");

                assertThat(used)
                        .containsEntry(" streams.shard-hours", 2L + 2 * 3)
                        .containsEntry(" streams.extended-retention-shard-hours", 2L * 3);
                server.call("DeleteStream", "StreamName", stream);
                server.awaitGone(stream);
                server.clock()
                        .ahead(
                                Duration.ofHours(5),
                                () -> assertThat(used(stream, "resource"))
                                        .containsEntry(" streams.shard-hours", 2L + 2 * 3));
            });
        });
    }

    @Test
    void aStreamThatIsMadeAgainIsAnotherOne() {
        String stream = server.createStream(1);
        put(server.users().root(), stream, 10);
        server.call("DeleteStream", "StreamName", stream);
        server.awaitGone(stream);
        server.call("CreateStream", "StreamName", stream, "ShardCount", 1);
        server.awaitActive(stream);
        put(server.users().root(), stream, 20, 20);

        List<String> found = new ArrayList<>();
        List<String> ids = new ArrayList<>();
        for (JsonNode row : rows("resource=" + stream + "&meter=streams.records-in")) {
            found.add(row.path("amount").asString());
            ids.add(row.path("resourceId").asString());
        }

        assertThat(found).containsExactlyInAnyOrder("1", "2");
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void eachHourHasItsOwnRow() {
        // Not so short before the hour ends that it does while records are put.
        boolean isLate = server.clock().instant().atOffset(ZoneOffset.UTC).getMinute() >= 50;
        server.clock().ahead(Duration.ofMinutes(isLate ? 15 : 0), () -> {
            String stream = server.createStream(1);
            put(server.users().root(), stream, 10);
            server.clock().ahead(Duration.ofHours(1), () -> {
                put(server.users().root(), stream, 10, 10);

                List<String> periods = new ArrayList<>();
                List<String> amounts = new ArrayList<>();
                rows("resource=" + stream + "&meter=streams.records-in").forEach(row -> {
                    periods.add(row.path("period").asString());
                    amounts.add(row.path("amount").asString());
                });
                Instant hour = server.clock().instant().truncatedTo(ChronoUnit.HOURS);
                assertThat(amounts).containsExactly("1", "2");
                assertThat(periods).containsExactly(hour.minusSeconds(3600).toString(), hour.toString());
            });
        });
    }

    @Test
    void pricesAreWhatSomebodyEntersAndCostsFollowThem() {
        String stream = server.createStream(1);
        put(server.users().root(), stream, 10, 10, 10);
        assertThat(rows("resource=" + stream + "&meter=streams.records-in")
                        .getFirst()
                        .has("cost"))
                .isFalse();

        JsonNode list = rest.send("PUT", "/v1/usage/prices", "application/json", ALL.getBytes(StandardCharsets.UTF_8))
                .json();
        JsonNode answer = rest.get("/v1/usage?resource=" + stream).json();

        assertThat(list.path("currency").asString()).isEqualTo("EUR");
        assertThat(rest.get("/v1/usage/prices").json()).isEqualTo(list);
        assertThat(answer.path("currency").asString()).isEqualTo("EUR");
        for (JsonNode total : answer.path("totals")) {
            boolean isPriced = total.path("meter").asString().equals("streams.put-payload-units");
            assertThat(total.has("cost")).isEqualTo(isPriced);
            if (isPriced) {
                assertThat(total.path("cost").asString()).isEqualTo("0.75");
            }
        }
    }

    @Test
    void aPriceListThatIsNotValidIsRefused() {
        for (String body : List.of(
                "{\"currency\":\"eur\",\"prices\":[]}",
                "{\"currency\":\"EUR\"}",
                "{\"currency\":\"EUR\",\"prices\":[{\"meter\":\"firehose.bytes-in\",\"price\":1}]}",
                "{\"currency\":\"EUR\",\"prices\":[{\"meter\":\"streams.bytes-in\",\"price\":-1}]}",
                "{\"currency\":\"EUR\",\"prices\":[{\"meter\":\"streams.bytes-in\",\"price\":1e999999}]}",
                "{\"currency\":\"EUR\",\"prices\":[{\"meter\":\"streams.bytes-in\",\"price\":1,\"per\":0}]}",
                "{\"currency\":\"EUR\",\"prices\":[],\"more\":1}")) {
            rest.send("PUT", "/v1/usage/prices", "application/json", body.getBytes(StandardCharsets.UTF_8))
                    .problem(400, "ValidationException");
        }
    }

    @Test
    void aQuestionThatIsNotValidIsRefused() {
        for (String query : List.of(
                "from=yesterday",
                "granularity=week",
                "group=colour",
                "limit=0",
                "limit=1001",
                "nextToken=nonsense",
                "format=xml",
                "from=2026-11-26T00:00:00Z&to=2026-11-25T00:00:00Z",
                "from=%2B999999999-01-01T00:00:00Z")) {
            rest.get("/v1/usage?" + query).problem(400, "ValidationException");
        }
    }

    @Test
    void nobodySeesUsageOrEntersPricesUnlessAllowed() {
        String arn = "arn:aws:riacho:" + WireServer.REGION + ":" + WireServer.ACCOUNT + ":usage";
        TestUsers.User reader = server.users().with(TestUsers.allowing("riacho:GetUsage", arn));
        RestClient allowed = RestClient.of(server, reader);

        allowed.get("/v1/usage").has(200);
        allowed.get("/v1/usage/prices").has(200);
        allowed.send("PUT", "/v1/usage/prices", "application/json", ALL.getBytes(StandardCharsets.UTF_8))
                .problem(403, "AccessDeniedException");
        RestClient.of(server, server.users().with(TestUsers.allowing("kinesis:*", "*")))
                .get("/v1/usage")
                .problem(403, "AccessDeniedException");
        assertThat(RestClient.ofNobody(server).get("/v1/usage").status()).isBetween(401, 403);
    }

    @Test
    void rowsComeInPagesAndAsCsv() {
        String stream = server.createStream(1);
        put(server.users().root(), stream, 10);
        List<JsonNode> paged = new ArrayList<>();
        String token = "";
        do {
            JsonNode page = rest.get("/v1/usage?limit=1&resource=" + stream + "&meter=streams.records-in"
                            + (token.isEmpty() ? "" : "&nextToken=" + token))
                    .json();
            page.path("rows").forEach(paged::add);
            token = page.path("nextToken").asString("");
        } while (!token.isEmpty());
        String csv =
                rest.get("/v1/usage?format=csv&resource=" + stream).has(200).text();

        assertThat(paged).hasSize(1);
        assertThat(csv.lines().findFirst())
                .contains("period,kind,resource,resourceId,principal,meter,unit,amount,cost,currency");
        assertThat(csv.lines().filter(line -> line.contains(",streams.records-in,record,1,")))
                .hasSize(1);
    }

    private TestUsers.User user() {
        return server.users().with(TestUsers.allowing("kinesis:*", "*"));
    }

    /** Puts records of these sizes, the partition key included. */
    private void put(TestUsers.User user, String stream, int... sizes) {
        List<Object> records = new ArrayList<>();
        for (int size : sizes) {
            records.add(WireServer.object(
                    "PartitionKey",
                    Integer.toString(records.size()),
                    "Data",
                    Base64.getEncoder().encodeToString(new byte[size - 1])));
        }
        JsonNode answer = server.callAs(user, "PutRecords", WireServer.object("StreamName", stream, "Records", records))
                .json();
        assertThat(answer.path("FailedRecordCount").asInt()).isZero();
    }

    /** Sums of all hours, by the principal where it is grouped by, a space and the meter. Sums are rounded. */
    private Map<String, Long> used(String stream, String... groups) {
        Map<String, Double> sums = new HashMap<>();
        // Of two months, where one ends meanwhile.
        for (JsonNode row : rows("resource=" + stream + "&granularity=month&group=" + String.join(",", groups))) {
            sums.merge(
                    row.path("principal").asString("") + " " + row.path("meter").asString(),
                    row.path("amount").asDouble(),
                    Double::sum);
        }
        Map<String, Long> used = new HashMap<>();
        sums.forEach((what, sum) -> used.put(what, Math.round(sum)));
        return used;
    }

    private List<JsonNode> rows(String query) {
        return List.copyOf(rest.get("/v1/usage?" + query).json().path("rows").values());
    }
}
