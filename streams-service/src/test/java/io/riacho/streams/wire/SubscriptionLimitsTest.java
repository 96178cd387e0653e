package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import software.amazon.awssdk.services.kinesis.model.Record;

@Timeout(60)
class SubscriptionLimitsTest {

    private static final String SHARD = "shardId-000000000000";
    private static final WireServer SERVER = WireServer.ofItsOwn(
            "--riacho.streams.transition=1ms",
            "--riacho.streams.limits.consumer-bytes-per-second=1",
            "--riacho.streams.fan-out.duration=1h");
    private static final FanOutClient CLIENT = new FanOutClient(SERVER);

    private final String stream = SERVER.createStream(1);

    @AfterAll
    static void stop() {
        CLIENT.close();
        SERVER.stop();
    }

    private static WireAnswer subscribe(String consumer) {
        return SERVER.subscribed(consumer, SHARD);
    }

    @Test
    void aConsumerSubscribesToAShardOnceASecond() {
        // Whoever subscribes first loads what that needs, for which a second may not be enough.
        CLIENT.subscribe(SERVER.registerConsumer(stream, "first"), SHARD, FanOutClient.LATEST)
                .begin()
                .cancel();
        subscribe(SERVER.registerConsumer(stream, "second"));
        String consumer = SERVER.registerConsumer(stream, "reader");
        var live = CLIENT.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();

        subscribe(consumer)
                .isError("LimitExceededException", "Rate exceeded for consumer " + consumer + " and shard " + SHARD);
        live.cancel();
    }

    @Test
    void aRepeatWithinFiveSecondsFindsTheShardInUse() {
        String consumer = SERVER.registerConsumer(stream, "reader");
        var live = CLIENT.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();
        WireAnswer[] answer = new WireAnswer[1];

        WireServer.await(() -> {
            answer[0] = subscribe(consumer);
            return !answer[0].errorType().equals("LimitExceededException");
        });

        answer[0].isError(
                "ResourceInUseException",
                "Another active subscription exists for this consumer: " + WireServer.ACCOUNT + ":" + stream + ":"
                        + SHARD + ":reader");
        live.cancel();
    }

    @Test
    void whatOneConsumerHasUsedUpAnotherOfTheSameShardStillHas() {
        String first = SERVER.registerConsumer(stream, "first");
        String second = SERVER.registerConsumer(stream, "second");
        var spent = CLIENT.subscribe(first, SHARD, FanOutClient.TRIM_HORIZON).begin();
        SERVER.put(stream, "a-key-that-is-worth-some-time");
        assertThat(spent.records(1)).hasSize(1);

        SERVER.put(stream, "b");
        var fresh = CLIENT.subscribe(second, SHARD, FanOutClient.TRIM_HORIZON);

        assertThat(fresh.records(2))
                .extracting(Record::partitionKey)
                .containsExactly("a-key-that-is-worth-some-time", "b");
        assertThat(spent.waiting()).isZero();
        spent.cancel();
        fresh.cancel();
    }
}
