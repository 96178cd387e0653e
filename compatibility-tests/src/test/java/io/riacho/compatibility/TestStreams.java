package io.riacho.compatibility;

import io.riacho.compatibility.NumberedWriter.Numbered;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Consumer;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** The streams of one test: made with names of their own, and deleted at its end. Set-up and clean-up, not what is tested. */
final class TestStreams implements AutoCloseable {

    /** The key of the records that end time: see {@link #closeSeconds}. */
    static final String CLOSING = "closing";

    private final KinesisClient client;
    private final List<String> names = new ArrayList<>();

    TestStreams(Target target) {
        this.client = JavaClients.urlConnection(target);
    }

    /** The name of a stream to come, which is deleted at the end too. */
    String unusedName() {
        String name = "compatibility-" + UUID.randomUUID();
        names.add(name);
        return name;
    }

    /** An active stream. */
    String create(int shards) {
        return create(request -> request.shardCount(shards));
    }

    String create(Consumer<CreateStreamRequest.Builder> settings) {
        String name = unusedName();
        client.createStream(request -> request.streamName(name).applyMutation(settings));
        awaitActive(name);
        return name;
    }

    void awaitActive(String name) {
        Pause.until(name + " is active", () -> summary(name).streamStatus() == StreamStatus.ACTIVE);
    }

    void awaitGone(String name) {
        Pause.until(name + " is deleted", () -> {
            try {
                summary(name);
                return false;
            } catch (ResourceNotFoundException e) {
                return true;
            }
        });
    }

    StreamDescriptionSummary summary(String name) {
        return client.describeStreamSummary(request -> request.streamName(name)).streamDescriptionSummary();
    }

    String arn(String name) {
        return summary(name).streamARN();
    }

    List<Shard> shards(String name) {
        return client.listShards(request -> request.streamName(name)).shards();
    }

    Map<String, String> tags(String name) {
        Map<String, String> tags = new TreeMap<>();
        client.listTagsForStream(request -> request.streamName(name))
                .tags()
                .forEach(tag -> tags.put(tag.key(), tag.value()));
        return tags;
    }

    /** Puts texts one after the other to the stream's first shard, and returns their sequence numbers. */
    List<String> put(String name, String... texts) {
        List<String> sequenceNumbers = new ArrayList<>();
        for (String text : texts) {
            sequenceNumbers.add(client.putRecord(request -> request.streamName(name)
                            .partitionKey("key")
                            .explicitHashKey("0")
                            .data(SdkBytes.fromUtf8String(text)))
                    .sequenceNumber());
        }
        return sequenceNumbers;
    }

    /**
     * Puts a record to each open shard of a stream that nobody else writes to any more, in a later second than all that are there: whoever
     * goes by the time at which records arrived, knows then that no more will come of the seconds before.
     */
    static void closeSeconds(KinesisClient client, String stream) {
        Pause.milliseconds(1_100);
        client.listShards(request -> request.streamName(stream)).shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .forEach(shard -> client.putRecord(request -> request.streamName(stream)
                        .partitionKey(CLOSING)
                        .explicitHashKey(shard.hashKeyRange().startingHashKey())
                        .data(SdkBytes.fromUtf8String(new Numbered(CLOSING, 0).line()))));
    }

    /** Reads with the test's own client from a shard until so many records came, and a little on, should there be too many. */
    static List<Record> read(KinesisClient reader, int records, Consumer<GetShardIteratorRequest.Builder> position) {
        return readFrom(reader, records, reader.getShardIterator(position).shardIterator());
    }

    static List<Record> readFrom(KinesisClient reader, int count, String start) {
        List<Record> records = new ArrayList<>();
        String[] iterator = {start};
        Pause.until(count + " records were read", () -> {
            GetRecordsResponse answer = reader.getRecords(request -> request.shardIterator(iterator[0]));
            records.addAll(answer.records());
            iterator[0] = answer.nextShardIterator();
            return records.size() >= count;
        });
        return records;
    }

    /** All of a shard, from its trim horizon. */
    List<Record> readAll(String name, String shardId, int count) {
        return read(
                client,
                count,
                request -> request.streamName(name).shardId(shardId).shardIteratorType(ShardIteratorType.TRIM_HORIZON));
    }

    static List<String> texts(List<Record> records) {
        return records.stream().map(record -> record.data().asUtf8String()).toList();
    }

    static PutRecordsRequestEntry entry(String partitionKey, String text) {
        return PutRecordsRequestEntry.builder()
                .partitionKey(partitionKey)
                .data(SdkBytes.fromUtf8String(text))
                .build();
    }

    @Override
    public void close() {
        for (String name : names) {
            try {
                client.deleteStream(request -> request.streamName(name).enforceConsumerDeletion(true));
            } catch (ResourceNotFoundException e) {
                // The test has deleted it.
            }
        }
        client.close();
    }
}
