package io.riacho.benchmarks.load;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.TokenStreamFactory;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.dataformat.cbor.CBORFactory;

/** Makes signed requests of the Kinesis Data Streams API. Not thread-safe. */
public final class KinesisRequests {

    private static final TokenStreamFactory JSON = new JsonFactory();
    private static final TokenStreamFactory CBOR = new CBORFactory();

    private final Endpoint endpoint;
    private final Encoding encoding;
    private final SigV4Signer signer;

    public KinesisRequests(Endpoint endpoint, Encoding encoding) {
        this.endpoint = endpoint;
        this.encoding = encoding;
        signer = new SigV4Signer(endpoint);
    }

    /** A record to write. */
    public record Entry(String partitionKey, byte[] data) {}

    public Request putRecords(String stream, List<Entry> entries) {
        byte[] body = body(json -> {
            json.writeStringProperty("StreamName", stream);
            json.writeArrayPropertyStart("Records");
            for (Entry entry : entries) {
                json.writeStartObject();
                json.writeBinaryProperty("Data", entry.data());
                json.writeStringProperty("PartitionKey", entry.partitionKey());
                json.writeEndObject();
            }
            json.writeEndArray();
        });
        return request("PutRecords", body, entries.size());
    }

    public Request putRecord(String stream, Entry entry) {
        byte[] body = body(json -> {
            json.writeStringProperty("StreamName", stream);
            json.writeBinaryProperty("Data", entry.data());
            json.writeStringProperty("PartitionKey", entry.partitionKey());
        });
        return request("PutRecord", body, 1);
    }

    Request getRecords(String iterator, int limit) {
        byte[] body = body(json -> {
            json.writeStringProperty("ShardIterator", iterator);
            json.writeNumberProperty("Limit", limit);
        });
        return request("GetRecords", body, 0);
    }

    /** @param type TRIM_HORIZON or LATEST */
    Request subscribeToShard(String consumerArn, String shard, String type) {
        byte[] body = body(json -> {
            json.writeStringProperty("ConsumerARN", consumerArn);
            json.writeStringProperty("ShardId", shard);
            json.writeObjectPropertyStart("StartingPosition");
            json.writeStringProperty("Type", type);
            json.writeEndObject();
        });
        return request("SubscribeToShard", body, 0);
    }

    Request registerStreamConsumer(String streamArn, String name) {
        byte[] body = body(json -> {
            json.writeStringProperty("StreamARN", streamArn);
            json.writeStringProperty("ConsumerName", name);
        });
        return request("RegisterStreamConsumer", body, 0);
    }

    /** @param operation that takes a consumer's ARN and nothing else */
    Request ofConsumer(String operation, String consumerArn) {
        return request(operation, body(json -> json.writeStringProperty("ConsumerARN", consumerArn)), 0);
    }

    Request createStream(String stream, int shards) {
        byte[] body = body(json -> {
            json.writeStringProperty("StreamName", stream);
            json.writeNumberProperty("ShardCount", shards);
        });
        return request("CreateStream", body, 0);
    }

    /** @param keyId of the KMS key */
    Request startStreamEncryption(String stream, String keyId) {
        byte[] body = body(json -> {
            json.writeStringProperty("StreamName", stream);
            json.writeStringProperty("EncryptionType", "KMS");
            json.writeStringProperty("KeyId", keyId);
        });
        return request("StartStreamEncryption", body, 0);
    }

    Request getShardIterator(String stream, String shard, String type) {
        byte[] body = body(json -> {
            json.writeStringProperty("StreamName", stream);
            json.writeStringProperty("ShardId", shard);
            json.writeStringProperty("ShardIteratorType", type);
        });
        return request("GetShardIterator", body, 0);
    }

    Request deleteStreamWithConsumers(String stream) {
        byte[] body = body(json -> {
            json.writeStringProperty("StreamName", stream);
            json.writeBooleanProperty("EnforceConsumerDeletion", true);
        });
        return request("DeleteStream", body, 0);
    }

    /** Any operation that takes a stream's name and nothing else. */
    Request ofStream(String operation, String stream) {
        return request(operation, body(json -> json.writeStringProperty("StreamName", stream)), 0);
    }

    /** Any operation that needs no input. */
    public Request plain(String operation) {
        return request(operation, body(json -> {}), 0);
    }

    private Request request(String operation, byte[] body, int records) {
        String target = "Kinesis_20131202." + operation;
        SigV4Signer.Signature signature = signer.sign(target, encoding.contentType(), body, Instant.now());
        byte[] head = ("POST / HTTP/1.1\r\nHost: " + endpoint.host() + "\r\nContent-Type: " + encoding.contentType()
                        + "\r\nX-Amz-Target: " + target + "\r\nX-Amz-Date: " + signature.amzDate()
                        + "\r\nX-Amz-Content-Sha256: " + signature.contentSha256()
                        + "\r\nAuthorization: " + signature.authorization() + "\r\nContent-Length: " + body.length
                        + "\r\n\r\n")
                .getBytes(StandardCharsets.US_ASCII);
        // What is sent again and again lies outside the heap, which saves a copy for each send.
        int length = head.length + body.length;
        ByteBuffer bytes = records > 0 ? ByteBuffer.allocateDirect(length) : ByteBuffer.allocate(length);
        return new Request(bytes.put(head).put(body).flip(), records);
    }

    private byte[] body(Members members) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(256);
        TokenStreamFactory factory = encoding == Encoding.CBOR ? CBOR : JSON;
        try (JsonGenerator json = factory.createGenerator(ObjectWriteContext.empty(), out)) {
            json.writeStartObject();
            members.write(json);
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    private interface Members {
        void write(JsonGenerator json);
    }
}
