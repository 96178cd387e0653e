package io.riacho.benchmarks.load;

import java.io.IOException;
import java.net.SocketException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the load generator needs around the load: makes and removes streams, finds shards and iterators. Not thread-safe. */
public final class KinesisClient implements AutoCloseable {

    private static final Duration STATE_CHANGE = Duration.ofSeconds(120);
    private static final JsonMapper MAPPER = new JsonMapper();

    private final KinesisRequests requests;
    private final HttpConnection connection;

    public KinesisClient(Endpoint endpoint) {
        requests = new KinesisRequests(endpoint, Encoding.JSON);
        connection = new HttpConnection(endpoint);
    }

    /** Returns once the stream is ACTIVE. */
    public void createStream(String stream, int shards) throws IOException {
        call(requests.createStream(stream, shards));
        await(() -> "ACTIVE".equals(status(stream)), "Stream " + stream + " did not become ACTIVE");
    }

    /** Has an ACTIVE stream's records encrypted under the key that AWS manages; returns once the stream is ACTIVE again. */
    public void encrypt(String stream) throws IOException {
        call(requests.startStreamEncryption(stream, "alias/aws/kinesis"));
        await(() -> "ACTIVE".equals(status(stream)), "Stream " + stream + " did not become ACTIVE");
    }

    /** Returns once the stream is gone. */
    public void deleteStream(String stream) throws IOException {
        call(requests.ofStream("DeleteStream", stream));
        await(() -> status(stream).isEmpty(), "Stream " + stream + " was not deleted");
    }

    /** The same where consumers are registered, or were a moment ago. */
    public void deleteStreamWithConsumers(String stream) throws IOException {
        call(requests.deleteStreamWithConsumers(stream));
        await(() -> status(stream).isEmpty(), "Stream " + stream + " was not deleted");
    }

    public boolean exists(String stream) throws IOException {
        return !status(stream).isEmpty();
    }

    /** Whether the endpoint answers a signed request. */
    public boolean answers() {
        try {
            return send(requests.plain("ListStreams")).status() == 200;
        } catch (IOException e) {
            return false;
        }
    }

    /** The first thousand shards at most. */
    List<String> shards(String stream) throws IOException {
        List<String> ids = new ArrayList<>();
        for (JsonNode shard : call(requests.ofStream("ListShards", stream)).path("Shards")) {
            ids.add(shard.path("ShardId").asString());
        }
        return ids;
    }

    /** Registers a consumer; gives its ARN when it is ACTIVE. */
    String registerConsumer(String stream, String name) throws IOException {
        String streamArn = call(requests.ofStream("DescribeStreamSummary", stream))
                .path("StreamDescriptionSummary")
                .path("StreamARN")
                .asString();
        String consumer = call(requests.registerStreamConsumer(streamArn, name))
                .path("Consumer")
                .path("ConsumerARN")
                .asString();
        await(
                () -> "ACTIVE"
                        .equals(call(requests.ofConsumer("DescribeStreamConsumer", consumer))
                                .path("ConsumerDescription")
                                .path("ConsumerStatus")
                                .asString()),
                "Consumer " + consumer + " did not become ACTIVE");
        return consumer;
    }

    void deregisterConsumer(String consumerArn) throws IOException {
        call(requests.ofConsumer("DeregisterStreamConsumer", consumerArn));
    }

    /** @param type TRIM_HORIZON or LATEST */
    String shardIterator(String stream, String shard, String type) throws IOException {
        return call(requests.getShardIterator(stream, shard, type))
                .path("ShardIterator")
                .asString();
    }

    @Override
    public void close() throws IOException {
        connection.close();
    }

    /** Empty where there is no such stream. */
    private String status(String stream) throws IOException {
        ResponseReader answer = send(requests.ofStream("DescribeStreamSummary", stream));
        if (answer.status() == 400 && answer.bodyAsText().contains("ResourceNotFoundException")) {
            return "";
        }
        return body(answer)
                .path("StreamDescriptionSummary")
                .path("StreamStatus")
                .asString();
    }

    private JsonNode call(Request request) throws IOException {
        return body(send(request));
    }

    private static JsonNode body(ResponseReader answer) {
        Answers.checkOk(answer);
        String text = answer.bodyAsText();
        return text.isEmpty() ? MAPPER.createObjectNode() : Objects.requireNonNull(MAPPER.readTree(text));
    }

    private ResponseReader send(Request request) throws IOException {
        try {
            return connection.exchange(request);
        } catch (SocketException e) {
            throw e;
        } catch (IOException e) {
            // Servers close connections that were idle for some seconds, as this one is during a load.
            return connection.exchange(request);
        }
    }

    private static void await(Condition condition, String failure) throws IOException {
        long end = System.nanoTime() + STATE_CHANGE.toNanos();
        while (!condition.holds()) {
            if (System.nanoTime() > end) {
                throw new IOException(failure + " within " + STATE_CHANGE.toSeconds() + " s");
            }
            Pauses.milliseconds(20);
        }
    }

    private interface Condition {
        boolean holds() throws IOException;
    }
}
