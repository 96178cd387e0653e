package io.riacho.streams.wire;

import static io.riacho.streams.wire.Texts.INVALID;
import static io.riacho.streams.wire.Texts.NOT_FOUND;
import static io.riacho.streams.wire.Texts.VALIDATION;
import static io.riacho.streams.wire.WireAnswer.members;
import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class ListShardsTest {

    private static final String HALF = "170141183460469231731687303715884105728";

    private final WireServer server = WireServer.shared();

    @Test
    void withoutMoreThereAreOnlyShards() {
        String stream = server.createStream(3);
        JsonNode listed = server.call("ListShards", "StreamName", stream).json();
        assertThat(members(listed)).containsExactly("Shards");
        assertThat(listed.path("Shards").toString())
                .isEqualTo(server.describe(stream).path("Shards").toString());
    }

    @Test
    void nothingToListIsRefused() {
        server.call("ListShards").isError(INVALID, "Either NextToken or StreamName should be provided.");
    }

    @Test
    void pagesFollowEachOther() {
        String stream = server.createStream(5);
        JsonNode first = server.call("ListShards", "StreamARN", arn(stream), "MaxResults", 2)
                .json();
        assertThat(members(first)).containsExactly("NextToken", "Shards");
        assertThat(indexes(first)).containsExactly(0, 1);
        JsonNode second = next(first, "MaxResults", 2);
        assertThat(indexes(second)).containsExactly(2, 3);
        JsonNode third = next(second);
        assertThat(indexes(third)).containsExactly(4);
        assertThat(members(third)).containsExactly("Shards");
    }

    @Test
    void aPageHasAThousandShardsWhereNothingElseIsAskedFor() {
        String stream = server.createStream(1001);
        JsonNode first = server.call("ListShards", "StreamName", stream).json();
        assertThat(first.path("Shards").size()).isEqualTo(1000);
        assertThat(indexes(next(first))).containsExactly(1000);
        assertThat(server.call("ListShards", "StreamName", stream, "MaxResults", 10_000)
                        .json()
                        .path("Shards")
                        .size())
                .isEqualTo(1001);
    }

    @Test
    void shardsThatArriveBetweenPagesAreOnALaterPage() {
        String stream = server.createStream(2);
        JsonNode first =
                server.call("ListShards", "StreamName", stream, "MaxResults", 1).json();
        split(stream);
        assertThat(indexes(next(first))).containsExactly(1, 2, 3);
    }

    @Test
    void theFilterGoesWithTheToken() {
        String stream = server.createStream(2);
        split(stream);
        JsonNode first = server.call(
                        "ListShards",
                        "StreamName",
                        stream,
                        "MaxResults",
                        1,
                        "ShardFilter",
                        object("Type", "AT_TRIM_HORIZON"))
                .json();
        assertThat(indexes(first)).containsExactly(0);
        assertThat(indexes(next(first))).containsExactly(1);
    }

    @Test
    void aTokenLivesForFiveMinutes() {
        String stream = server.createStream(2);
        String token = token(stream);
        server.clock().ahead(Duration.ofMinutes(5).plusSeconds(1), () -> {
            WireAnswer answer = server.call("ListShards", "NextToken", token);
            assertThat(answer.message())
                    .matches("NextToken expired\\. The token was created at time"
                            + " \\w{3} \\w{3} \\d{2} \\d{2}:\\d{2}:\\d{2} UTC \\d{4} while right now it is"
                            + " \\w{3} \\w{3} \\d{2} \\d{2}:\\d{2}:\\d{2} UTC \\d{4} which is further in the future than"
                            + " the tolerated delay of 300000 milliseconds\\.");
            answer.isError("ExpiredNextTokenException", answer.message());
        });
        assertThat(indexes(server.call("ListShards", "NextToken", token).json()))
                .containsExactly(1);
    }

    @Test
    void aTokenOfADeletedStreamFindsNoStream() {
        String stream = server.createStream(2);
        String token = token(stream);
        server.call("DeleteStream", "StreamName", stream).isEmpty();
        server.awaitGone(stream);
        server.call("ListShards", "NextToken", token).isError(NOT_FOUND, Texts.streamNotFound(stream));
    }

    @Test
    void aTokenThatWasTamperedWithIsInvalid() {
        String token = token(server.createStream(2));
        char other = token.charAt(20) == 'A' ? 'B' : 'A';
        server.call("ListShards", "NextToken", token.substring(0, 20) + other + token.substring(21))
                .isErrorLike(INVALID, "NextToken");
        server.call("ListShards", "NextToken", "nonsense").isErrorLike(INVALID, "NextToken");
    }

    @Test
    void aTokenStandsAlone() {
        String stream = server.createStream(2);
        String token = token(stream);
        refusedBesideToken(token, "StreamName", stream);
        refusedBesideToken(token, "StreamARN", arn(stream));
        refusedBesideToken(token, "ExclusiveStartShardId", "shardId-000000000000");
        refusedBesideToken(token, "ShardFilter", object("Type", "AT_LATEST"));
        refusedBesideToken(token, "StreamCreationTimestamp", 1_700_000_000);
    }

    @Test
    void shardsAfterOneAreListed() {
        String stream = server.createStream(3);
        assertThat(indexes(server.call("ListShards", "StreamName", stream, "ExclusiveStartShardId", "shardId-0")
                        .json()))
                .containsExactly(1, 2);
        assertThat(indexes(
                        server.call("ListShards", "StreamName", stream, "ExclusiveStartShardId", "shardId-000000000099")
                                .json()))
                .isEmpty();
        server.call("ListShards", "StreamName", stream, "ExclusiveStartShardId", "nonsense")
                .isError(NOT_FOUND, Texts.noShard("nonsense", stream));
    }

    @Test
    void theCreationTimestampTellsStreamsOfOneNameApart() {
        String stream = server.createStream(1);
        long createdAt = server.describe(stream).path("StreamCreationTimestamp").asLong();
        assertThat(indexes(server.call("ListShards", "StreamName", stream, "StreamCreationTimestamp", createdAt)
                        .json()))
                .containsExactly(0);
        server.call("ListShards", "StreamName", stream, "StreamCreationTimestamp", createdAt - 100)
                .isError(NOT_FOUND, Texts.streamNotFound(stream));
    }

    @ParameterizedTest
    @CsvSource({"AT_LATEST,1 2 3", "AT_TRIM_HORIZON,0 1", "FROM_TRIM_HORIZON,0 1 2 3"})
    void filtersWithoutMoreSeeTheShardsOfTheirTime(String type, String expected) {
        String stream = server.createStream(2);
        split(stream);
        assertThat(filtered(stream, "Type", type)).isEqualTo(expected);
    }

    @Test
    void afterShardIdSeesTheShardsThatFollow() {
        String stream = server.createStream(2);
        split(stream);
        assertThat(filtered(stream, "Type", "AFTER_SHARD_ID", "ShardId", "shardId-000000000001"))
                .isEqualTo("2 3");
    }

    @Test
    void timestampFiltersSeeTheShardsOfThatTime() throws InterruptedException {
        String stream = server.createStream(2);
        Thread.sleep(20);
        double before = millis() / 1000.0;
        Thread.sleep(20);
        split(stream);
        Thread.sleep(20);
        double after = millis() / 1000.0;
        assertThat(filtered(stream, "Type", "AT_TIMESTAMP", "Timestamp", before))
                .isEqualTo("0 1");
        assertThat(filtered(stream, "Type", "AT_TIMESTAMP", "Timestamp", after)).isEqualTo("1 2 3");
        assertThat(filtered(stream, "Type", "FROM_TIMESTAMP", "Timestamp", before))
                .isEqualTo("0 1 2 3");
        assertThat(filtered(stream, "Type", "FROM_TIMESTAMP", "Timestamp", after))
                .isEqualTo("1 2 3");
    }

    @Test
    void aTimeBeforeTheStreamIsItsTrimHorizonAndOneToComeIsNow() {
        String stream = server.createStream(2);
        split(stream);
        assertThat(filtered(stream, "Type", "AT_TIMESTAMP", "Timestamp", 1)).isEqualTo("0 1");
        assertThat(filtered(stream, "Type", "AT_TIMESTAMP", "Timestamp", -1e10)).isEqualTo("0 1");
        assertThat(filtered(stream, "Type", "AT_TIMESTAMP", "Timestamp", 1e10)).isEqualTo("1 2 3");
        assertThat(filtered(stream, "Type", "FROM_TIMESTAMP", "Timestamp", 1)).isEqualTo("0 1 2 3");
    }

    @Test
    void atTrimHorizonMovesWithTheRetentionPeriod() {
        String stream = server.createStream(2);
        split(stream);
        server.clock()
                .ahead(
                        Duration.ofHours(25),
                        () -> assertThat(filtered(stream, "Type", "AT_TRIM_HORIZON"))
                                .isEqualTo("1 2 3"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT_LATEST", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_TIMESTAMP", "FROM_TIMESTAMP"})
    void onlyAfterShardIdTakesAShardId(String type) {
        String stream = server.createStream(1);
        refused(stream, "ShardId", "Type", type, "ShardId", "shardId-000000000000", "Timestamp", 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"AT_LATEST", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AFTER_SHARD_ID"})
    void onlyTimestampFiltersTakeATimestamp(String type) {
        String stream = server.createStream(1);
        if (type.equals("AFTER_SHARD_ID")) {
            refused(stream, "Timestamp", "Type", type, "ShardId", "shardId-000000000000", "Timestamp", 1);
        } else {
            refused(stream, "Timestamp", "Type", type, "Timestamp", 1);
        }
    }

    @Test
    void filtersNeedWhatTheyAreAbout() {
        String stream = server.createStream(1);
        refused(stream, "ShardId", "Type", "AFTER_SHARD_ID");
        refused(stream, "ShardId", "Type", "AFTER_SHARD_ID", "ShardId", "nonsense");
        refused(stream, "Timestamp", "Type", "AT_TIMESTAMP");
        refused(stream, "Timestamp", "Type", "FROM_TIMESTAMP");
    }

    @Test
    void anUnknownFilterIsAgainstTheModel() {
        String stream = server.createStream(1);
        server.call("ListShards", "StreamName", stream, "ShardFilter", object("Type", "NEWEST"))
                .isErrorLike(VALIDATION, "Value 'NEWEST' at 'shardFilter.type'", "enum value set");
        server.call("ListShards", "StreamName", stream, "ShardFilter", object())
                .isErrorLike(VALIDATION, "Value null at 'shardFilter.type'");
    }

    private void refused(String stream, String member, Object... filter) {
        server.call("ListShards", "StreamName", stream, "ShardFilter", object(filter))
                .isErrorLike(INVALID, member);
    }

    private void refusedBesideToken(String token, String member, Object value) {
        server.call("ListShards", "NextToken", token, member, value)
                .isError(INVALID, "NextToken and " + member + " cannot be provided together.");
    }

    private String filtered(String stream, Object... filter) {
        JsonNode listed = server.call("ListShards", "StreamName", stream, "ShardFilter", object(filter))
                .json();
        return String.join(" ", indexes(listed).stream().map(String::valueOf).toList());
    }

    private String token(String stream) {
        return server.call("ListShards", "StreamName", stream, "MaxResults", 1)
                .json()
                .path("NextToken")
                .asString();
    }

    private JsonNode next(JsonNode page, Object... more) {
        var request = object(more);
        request.put("NextToken", page.path("NextToken").asString());
        return server.call(
                        "ListShards",
                        request.entrySet().stream()
                                .flatMap(member -> java.util.stream.Stream.of(member.getKey(), member.getValue()))
                                .toArray())
                .json();
    }

    /** Splits the first of two shards. */
    private void split(String stream) {
        server.call(
                        "SplitShard",
                        "StreamName",
                        stream,
                        "ShardToSplit",
                        "shardId-000000000000",
                        "NewStartingHashKey",
                        HALF.substring(0, 38))
                .isEmpty();
        server.awaitActive(stream);
    }

    private static long millis() {
        return Instant.now().toEpochMilli();
    }

    private static List<Integer> indexes(JsonNode listed) {
        return listed.path("Shards").values().stream()
                .map(shard -> Integer.parseInt(shard.path("ShardId").asString().substring("shardId-".length())))
                .toList();
    }
}
