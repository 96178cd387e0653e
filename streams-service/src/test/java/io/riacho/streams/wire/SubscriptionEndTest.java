package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.fanout.Subscriptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class SubscriptionEndTest {

    private static final String SHARD = "shardId-000000000000";

    @Test
    void aSubscriptionEndsWhenItsTimeIsOverAndMakesRoomForAnother() {
        WireServer server = WireServer.ofItsOwn(
                "--riacho.streams.transition=1ms",
                "--riacho.streams.fan-out.duration=2s",
                "--riacho.streams.fan-out.most=1");
        try (FanOutClient client = new FanOutClient(server)) {
            String stream = server.createStream(1);
            String consumer = server.registerConsumer(stream, "reader");
            String other = server.registerConsumer(stream, "other");

            var subscribed =
                    client.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();
            server.subscribed(other, SHARD).isErrorLike("LimitExceededException", "too many subscriptions");

            assertThat(subscribed.end()).isNull();
            Subscriptions subscriptions = server.bean("fanOut", Subscriptions.class);
            WireServer.await(() -> subscriptions.count() == 0);
            WireServer.await(() -> server.subscribed(other, SHARD).status() == 200);
        } finally {
            server.stop();
        }
    }

    @Test
    void aServerThatStopsEndsSubscriptionsAndDoesNotWaitForThem() {
        WireServer server = WireServer.ofItsOwn("--riacho.streams.transition=1ms");
        try (FanOutClient client = new FanOutClient(server)) {
            String consumer = server.registerConsumer(server.createStream(1), "reader");
            var subscribed =
                    client.subscribe(consumer, SHARD, FanOutClient.LATEST).begin();

            server.stop();

            assertThat(subscribed.end()).isNull();
        }
    }
}
