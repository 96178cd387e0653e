package io.riacho.streams.wire;

import static io.riacho.streams.wire.WireServer.arn;
import static io.riacho.streams.wire.WireServer.object;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.fanout.Subscriptions;
import io.riacho.streams.wire.FanOutClient.Subscribed;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceInUseException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StartingPosition;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardEvent;

@Timeout(60)
class SubscribeToShardTest {

    private static final String SHARD = "shardId-000000000000";
    private static final WireServer SERVER = WireServer.fanOut();
    private static FanOutClient client;

    private final String stream = SERVER.createStream(1);
    private final String consumer = SERVER.registerConsumer(stream, "reader");

    @BeforeAll
    static void connect() {
        client = new FanOutClient(SERVER);
    }

    @AfterAll
    static void disconnect() {
        client.close();
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

    @Test
    void bothParentsOfAMergedShardNameTheirChildAndTheChildNamesBoth() {
        String split = SERVER.createStream(2);
        String reader = SERVER.registerConsumer(split, "reader");
        String second = "shardId-000000000001";
        List<Subscribed> parents = List.of(
                client.subscribe(reader, SHARD, FanOutClient.LATEST).begin(),
                client.subscribe(reader, second, FanOutClient.LATEST).begin());

        SERVER.call("MergeShards", "StreamName", split, "ShardToMerge", SHARD, "AdjacentShardToMerge", second)
                .isEmpty();

        for (Subscribed parent : parents) {
            assertThat(parent.end()).isNull();
            SubscribeToShardEvent last = parent.last();
            assertThat(last.continuationSequenceNumber()).isNull();
            assertThat(last.childShards()).singleElement().satisfies(child -> {
                assertThat(child.shardId()).isEqualTo("shardId-000000000002");
                assertThat(child.parentShards()).containsExactlyInAnyOrder(SHARD, second);
                assertThat(child.hashKeyRange().startingHashKey()).isEqualTo("0");
            });
        }
    }

    @Test
    void everyRecordOfAClosedShardComesBeforeItsEnd() {
        for (int i = 0; i < 50; i++) {
            SERVER.put(stream, "k" + i);
        }
        SERVER.call("SplitShard", "StreamName", stream, "ShardToSplit", SHARD, "NewStartingHashKey", "1000")
                .isEmpty();
        SERVER.awaitActive(stream);

        var subscribed = client.subscribe(consumer, SHARD, FanOutClient.TRIM_HORIZON);

        assertThat(subscribed.records(50)).hasSize(50);
        assertThat(subscribed.end()).isNull();
    }

    @Test
    void aSubscriptionBeginsAtATime() {
        SERVER.put(stream, "before");
        Instant between = SERVER.clock().instant().plusMillis(2);
        WireServer.await(() -> SERVER.clock().instant().isAfter(between.plusMillis(2)));
        SERVER.put(stream, "after");

        List<Record> records = client.subscribe(
                        consumer,
                        SHARD,
                        StartingPosition.builder()
                                .type(ShardIteratorType.AT_TIMESTAMP)
                                .timestamp(between)
                                .build())
                .records(1);

        assertThat(records).extracting(Record::partitionKey).containsExactly("after");
    }

    @Test
    void aRecordIsReadFromItsOwnNumberAndAfterIt() {
        String number = SERVER.put(stream, "a").path("SequenceNumber").asString();
        SERVER.put(stream, "b");
        String other = SERVER.registerConsumer(stream, "other");

        var at = StartingPosition.builder()
                .type(ShardIteratorType.AT_SEQUENCE_NUMBER)
                .sequenceNumber(number)
                .build();

        assertThat(client.subscribe(consumer, SHARD, at).records(2))
                .extracting(Record::partitionKey)
                .containsExactly("a", "b");
        assertThat(client.subscribe(other, SHARD, FanOutClient.after(number)).records(1))
                .extracting(Record::partitionKey)
                .containsExactly("b");
    }

    @Test
    void placesThatAreNotInTheShardAreRefused() {
        String two = SERVER.createStream(2);
        String ofSecondShard = SERVER.call(
                        "PutRecord",
                        "StreamName",
                        two,
                        "PartitionKey",
                        "k",
                        "ExplicitHashKey",
                        "340282366920938463463374607431768211455",
                        "Data",
                        "")
                .json()
                .path("SequenceNumber")
                .asString();

        refused(consumer, "0", object("Type", "AT_SEQUENCE_NUMBER")).isErrorLike("InvalidArgumentException");
        refused(consumer, "0", object("Type", "LATEST", "SequenceNumber", "1")).isErrorLike("InvalidArgumentException");
        refused(consumer, "0", object("Type", "AT_TIMESTAMP")).isErrorLike("InvalidArgumentException");
        refused(consumer, "0", object("Type", "AT_TIMESTAMP", "Timestamp", 4_000_000_000L))
                .isErrorLike("InvalidArgumentException");
        refused(consumer, "0", object("Type", "AFTER_SEQUENCE_NUMBER", "SequenceNumber", ofSecondShard))
                .isErrorLike("InvalidArgumentException");
        refused(consumer, "0", object("Type", "SOMEWHERE")).isErrorLike("ValidationException");
        refused(consumer, "7", object("Type", "LATEST"))
                .isErrorLike("ResourceNotFoundException", "shardId-000000000007");
        refused(arn(stream) + "/consumer/nobody:1", "0", object("Type", "LATEST"))
                .isErrorLike("ResourceNotFoundException", "nobody");
    }

    @Test
    void aSubscriptionTakesOverFromTheOneBefore() {
        var first = client.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();

        var second = client.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();
        SERVER.put(stream, "a");

        assertThat(first.end())
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("Another active subscription exists for this consumer: " + WireServer.ACCOUNT
                        + ":" + stream + ":" + SHARD + ":reader");
        assertThat(second.records(1)).hasSize(1);
    }

    @Test
    void aDeletedStreamIsNotFound() {
        var subscribed = client.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();

        SERVER.call("DeleteStream", "StreamName", stream, "EnforceConsumerDeletion", true)
                .isEmpty();

        assertThat(subscribed.end()).isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aClientThatGoesAwayIsForgotten() {
        Subscriptions subscriptions = SERVER.bean("fanOut", Subscriptions.class);
        var other = new FanOutClient(SERVER);
        other.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();
        // With those of other tests, of which some may be about to end.
        int open = subscriptions.count();
        assertThat(open).isPositive();

        other.close();

        WireServer.await(() -> subscriptions.count() < open);
    }

    private static WireAnswer refused(String consumer, String shard, Map<String, Object> from) {
        return SERVER.call("SubscribeToShard", "ConsumerARN", consumer, "ShardId", shard, "StartingPosition", from);
    }
}
