package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ChildShard;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardResponseHandler;

/** Every client that can subscribe reads a shard that was split, to its end, and is told of its children. */
class SubscriptionClientsTest {

    private static final String SHARD = "shardId-000000000000";
    private static final List<String> CHILDREN = List.of("shardId-000000000001", "shardId-000000000002");

    @RegisterExtension
    static final TestServer SERVER = TestServer.asDelivered();

    private TestStreams streams;
    private KinesisClient kinesis;

    @BeforeEach
    void connect() {
        streams = new TestStreams(SERVER.target());
        kinesis = JavaClients.urlConnection(SERVER.target());
    }

    @AfterEach
    void disconnect() {
        kinesis.close();
        streams.close();
    }

    /** The consumer of a stream whose first shard holds "a", "b" and "c", and was split. */
    private String consumerOfSplitShard() {
        String stream = streams.create(1);
        streams.put(stream, "a", "b", "c");
        kinesis.splitShard(
                request -> request.streamName(stream).shardToSplit(SHARD).newStartingHashKey("1000"));
        streams.awaitActive(stream);
        String consumer = kinesis.registerStreamConsumer(
                        request -> request.streamARN(streams.arn(stream)).consumerName("reader"))
                .consumer()
                .consumerARN();
        Pause.until(
                "the consumer is active",
                () -> kinesis.describeStreamConsumer(request -> request.consumerARN(consumer))
                                .consumerDescription()
                                .consumerStatus()
                        == ConsumerStatus.ACTIVE);
        return consumer;
    }

    private void readsToTheEnd(ScriptBridge script) {
        try (script) {
            Map<?, ?> read = script.call(
                    "SubscribeToShard",
                    Map.of(
                            "ConsumerARN",
                            consumerOfSplitShard(),
                            "ShardId",
                            SHARD,
                            "StartingPosition",
                            Map.of("Type", "TRIM_HORIZON")));

            assertThat((List<?>) read.get("Records"))
                    .extracting(record -> new String(
                            Base64.getDecoder().decode((String) ((Map<?, ?>) record).get("Data")),
                            StandardCharsets.UTF_8))
                    .containsExactly("a", "b", "c");
            assertThat((List<?>) read.get("ChildShards")).allSatisfy(child -> {
                assertThat(((Map<?, ?>) child).get("ShardId")).isIn(CHILDREN);
                assertThat(((Map<?, ?>) child).get("ParentShards")).isEqualTo(List.of(SHARD));
            });
            assertThat((List<?>) read.get("ChildShards")).hasSize(2);
        }
    }

    @Test
    void boto3OverHttp1() {
        assumeTrue(Tools.run(Boto3Test.SCRIPTS, "python3", "-c", "import boto3"), "boto3 is not installed: skipped");

        readsToTheEnd(ScriptBridge.started(SERVER.target(), Boto3Test.SCRIPTS, List.of("python3", "client.py")));
    }

    @Test
    void javaScriptOverHttp2() {
        assumeTrue(Tools.run(Boto3Test.SCRIPTS, "npm", "--version"), "npm is not installed: skipped");

        readsToTheEnd(
                ScriptBridge.started(SERVER.target(), JavaScriptClientTest.installed(), List.of("node", "client.js")));
    }

    @Test
    void javaOverHttp2() {
        List<Record> records = new ArrayList<>();
        List<ChildShard> children = new ArrayList<>();
        String consumer = consumerOfSplitShard();
        try (KinesisAsyncClient client = JavaClients.async(SERVER.target())) {
            client.subscribeToShard(
                            request -> request.consumerARN(consumer)
                                    .shardId(SHARD)
                                    .startingPosition(position -> position.type(ShardIteratorType.TRIM_HORIZON)),
                            SubscribeToShardResponseHandler.builder()
                                    .subscriber(SubscribeToShardResponseHandler.Visitor.builder()
                                            .onSubscribeToShardEvent(event -> {
                                                records.addAll(event.records());
                                                children.addAll(event.childShards());
                                            })
                                            .build())
                                    .build())
                    .join();
        }

        assertThat(TestStreams.texts(records)).containsExactly("a", "b", "c");
        assertThat(children).extracting(ChildShard::shardId).containsExactlyElementsOf(CHILDREN);
    }
}
