package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireAnswer.members;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

class ListStreamsTest {

    private final WireServer server = WireServer.shared();

    @Test
    void streamsAreListedByNameWithTheirSummaries() {
        List<String> streams = streams("list-by-name-", 3);
        JsonNode listed = list("ExclusiveStartStreamName", "list-by-name-", "Limit", 3);
        assertThat(names(listed)).isEqualTo(streams);
        JsonNode summary = listed.path("StreamSummaries").path(0);
        assertThat(members(summary))
                .containsExactly(
                        "StreamARN", "StreamCreationTimestamp", "StreamModeDetails", "StreamName", "StreamStatus");
        assertThat(summary.path("StreamName").asString()).isEqualTo(streams.getFirst());
    }

    @Test
    void thereIsANextTokenOnlyWhereThereIsMore() {
        List<String> streams = streams("list-paged-", 3);
        streams("list-paged-z", 1);
        JsonNode first = list("ExclusiveStartStreamName", "list-paged-", "Limit", 2);
        assertThat(members(first)).containsExactly("HasMoreStreams", "NextToken", "StreamNames", "StreamSummaries");
        assertThat(first.path("HasMoreStreams").asBoolean()).isTrue();
        JsonNode second = list("NextToken", first.path("NextToken").asString(), "Limit", 1);
        assertThat(names(second)).containsExactly(streams.get(2));
        JsonNode last = list("ExclusiveStartStreamName", "zzz");
        assertThat(members(last)).containsExactly("HasMoreStreams", "StreamNames", "StreamSummaries");
        assertThat(last.path("HasMoreStreams").asBoolean()).isFalse();
        assertThat(last.path("StreamNames").toString()).isEqualTo("[]");
    }

    @Test
    void aPageHasAHundredStreamsAtMost() {
        List<String> streams = streams("list-many-", 101);
        JsonNode page = list("ExclusiveStartStreamName", "list-many-", "Limit", 10_000);
        assertThat(names(page)).isEqualTo(streams.subList(0, 100));
        assertThat(page.path("HasMoreStreams").asBoolean()).isTrue();
    }

    @Test
    void aStreamThatIsDeletedBetweenPagesDoesNotDisturbThem() {
        List<String> streams = streams("list-deleted-", 3);
        JsonNode first = list("ExclusiveStartStreamName", "list-deleted-", "Limit", 2);
        server.call("DeleteStream", "StreamName", streams.get(1)).isEmpty();
        server.awaitGone(streams.get(1));
        JsonNode second = list("NextToken", first.path("NextToken").asString(), "Limit", 1);
        assertThat(names(second)).containsExactly(streams.get(2));
    }

    @Test
    void aTokenLivesForFiveMinutes() {
        streams("list-expired-", 2);
        String token = list("ExclusiveStartStreamName", "list-expired-", "Limit", 1)
                .path("NextToken")
                .asString();
        server.clock()
                .ahead(
                        Duration.ofMinutes(5).plusSeconds(1),
                        () -> server.call("ListStreams", "NextToken", token)
                                .isErrorLike("ExpiredNextTokenException", "300000 milliseconds"));
        server.call("ListStreams", "NextToken", token).json();
    }

    @Test
    void aTokenThatThisServerDidNotGiveIsInvalid() {
        server.call("ListStreams", "NextToken", "AAAA").isErrorLike(Texts.INVALID, "NextToken");
    }

    @Test
    void aTokenOfListShardsIsNotOneOfListStreams() {
        String stream = server.createStream(2);
        String token = server.call("ListShards", "StreamName", stream, "MaxResults", 1)
                .json()
                .path("NextToken")
                .asString();
        server.call("ListStreams", "NextToken", token).isErrorLike(Texts.INVALID, "NextToken");
    }

    private JsonNode list(Object... members) {
        return server.call("ListStreams", members).json();
    }

    private static List<String> names(JsonNode listed) {
        return listed.path("StreamNames").values().stream()
                .map(JsonNode::asString)
                .toList();
    }

    /** Creates streams whose names begin so; gives their names in order. */
    private List<String> streams(String prefix, int count) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            names.add(prefix + "%03d".formatted(i));
            server.call("CreateStream", "StreamName", names.getLast(), "ShardCount", 1)
                    .isEmpty();
        }
        names.forEach(server::awaitActive);
        return names;
    }
}
