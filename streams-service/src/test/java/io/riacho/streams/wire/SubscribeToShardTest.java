package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

class SubscribeToShardTest {

    private static final String SHARD = "shardId-000000000000";
    private static final WireServer SERVER = WireServer.ofItsOwn(
            "--riacho.streams.transition=1ms",
            "--riacho.streams.fan-out.heartbeat=200ms",
            "--riacho.streams.fan-out.takeover=0s",
            "--riacho.streams.fan-out.recheck=100ms");
    private static FanOutClient client;

    private final String stream = SERVER.createStream(1);
    private final String consumer = SERVER.registerConsumer(stream, "reader");

    @BeforeAll
    static void connect() {
        client = new FanOutClient(SERVER);
    }

    @AfterAll
    static void stop() {
        client.close();
        SERVER.stop();
    }

    @Test
    void recordsThatWerePutBeforeComeFromTheTrimHorizonOn() {
        String first = SERVER.put(stream, "a").path("SequenceNumber").asString();
        SERVER.put(stream, "b");

        List<Record> records =
                client.subscribe(consumer, SHARD, FanOutClient.TRIM_HORIZON).records(2);

        assertThat(records).extracting(Record::partitionKey).containsExactly("a", "b");
        assertThat(records.getFirst().sequenceNumber()).isEqualTo(first);
    }

    @Test
    void aRecordThatIsPutComesToASubscriptionThatWaits() {
        SERVER.put(stream, "before");
        var subscribed = client.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();

        SERVER.put(stream, "after");

        assertThat(subscribed.records(1)).extracting(Record::partitionKey).containsExactly("after");
    }

    @Test
    void aSubscriptionThatHasNothingToReadTellsSoAndItsContinuationMovesOn() {
        var subscribed = client.subscribe(consumer, SHARD, FanOutClient.LATEST);

        SubscribeToShardEvent first = subscribed.next();
        SubscribeToShardEvent second = subscribed.next();

        assertThat(first.records()).isEmpty();
        assertThat(first.millisBehindLatest()).isZero();
        assertThat(second.continuationSequenceNumber()).isGreaterThan(first.continuationSequenceNumber());
    }

    @ParameterizedTest
    @EnumSource(
            value = ShardIteratorType.class,
            names = {"AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"})
    void aContinuationGoesOnBehindTheLastRecord(ShardIteratorType type) {
        SERVER.put(stream, "a");
        SubscribeToShardEvent event =
                client.subscribe(consumer, SHARD, FanOutClient.TRIM_HORIZON).next();
        SERVER.put(stream, "b");
        String other = SERVER.registerConsumer(stream, "other");

        List<Record> records = client.subscribe(
                        other,
                        SHARD,
                        StartingPosition.builder()
                                .type(type)
                                .sequenceNumber(event.continuationSequenceNumber())
                                .build())
                .records(1);

        assertThat(records).extracting(Record::partitionKey).containsExactly("b");
        assertThat(event.continuationSequenceNumber())
                .isGreaterThan(event.records().getFirst().sequenceNumber())
                .isLessThan(records.getFirst().sequenceNumber());
    }

    @Test
    void aSplitShardEndsWithItsChildren() {
        SERVER.put(stream, "a");
        var subscribed = client.subscribe(consumer, SHARD, FanOutClient.TRIM_HORIZON);
        assertThat(subscribed.records(1)).hasSize(1);

        SERVER.call("SplitShard", "StreamName", stream, "ShardToSplit", SHARD, "NewStartingHashKey", "1000")
                .isEmpty();

        assertThat(subscribed.end()).isNull();
        SubscribeToShardEvent last = subscribed.last();
        assertThat(last.continuationSequenceNumber()).isNull();
        assertThat(last.childShards())
                .extracting(ChildShard::shardId)
                .containsExactly("shardId-000000000001", "shardId-000000000002");
        assertThat(last.childShards())
                .allSatisfy(child -> assertThat(child.parentShards()).containsExactly(SHARD));
    }

    @Test
    void aDeregisteredConsumerIsToldThatItIsNotFound() {
        var subscribed = client.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();

        SERVER.call("DeregisterStreamConsumer", "ConsumerARN", consumer).isEmpty();

        assertThat(subscribed.end())
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining(consumer);
    }
}
