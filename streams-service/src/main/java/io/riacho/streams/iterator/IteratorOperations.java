package io.riacho.streams.iterator;

import io.riacho.log.ShardLog;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.SequenceNumber;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import java.time.Instant;
import java.time.InstantSource;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** GetShardIterator. */
public final class IteratorOperations {

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final ShardIterators iterators;
    private final ShardLog log;
    private final InstantSource clock;

    public IteratorOperations(
            StreamCatalog catalog,
            StreamResolver resolver,
            ShardIterators iterators,
            ShardLog log,
            InstantSource clock) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.iterators = iterators;
        this.log = log;
        this.clock = clock;
    }

    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
        String account = catalog.naming().accountId();
        String streamName = resolver.name(request.streamName(), request.streamARN(), request.streamId());
        int index = ShardIds.parse(request.shardId())
                .orElseThrow(() -> KinesisErrors.noSuchShardId(request.shardId(), streamName, account));
        String shardId = ShardIds.format(index);
        Stream stream = catalog.find(streamName)
                .filter(found -> found.status() != StreamStatus.CREATING)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(shardId, streamName, account));
        Shard shard = stream.shards()
                .find(index)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(shardId, streamName, account));
        checkMembers(request);
        long offset = offset(request, stream, shard);
        return GetShardIteratorResponse.builder()
                .shardIterator(iterators.give(streamName, stream.id(), index, offset))
                .build();
    }

    private long offset(GetShardIteratorRequest request, Stream stream, Shard shard) {
        return switch (request.shardIteratorType()) {
            case TRIM_HORIZON -> 0;
            case LATEST -> log.endOffset(shard.number());
            case AT_SEQUENCE_NUMBER -> sequenceNumber(request, stream, shard).at();
            case AFTER_SEQUENCE_NUMBER -> sequenceNumber(request, stream, shard).after();
            case AT_TIMESTAMP ->
                log.offsetAt(shard.number(), request.timestamp().toEpochMilli());
            default -> throw new IllegalStateException("the model knows no " + request.shardIteratorTypeAsString());
        };
    }

    private void checkMembers(GetShardIteratorRequest request) {
        ShardIteratorType type = request.shardIteratorType();
        boolean bySequenceNumber =
                type == ShardIteratorType.AT_SEQUENCE_NUMBER || type == ShardIteratorType.AFTER_SEQUENCE_NUMBER;
        boolean given = request.startingSequenceNumber() != null;
        if (bySequenceNumber != given) {
            throw KinesisErrors.invalidArgument("Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER"
                    + " and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber."
                    + " Request specified " + type + " and " + (given ? "also a" : "no") + " StartingSequenceNumber.");
        }
        if (type == ShardIteratorType.AT_TIMESTAMP) {
            checkTimestamp(request);
        }
    }

    private void checkTimestamp(GetShardIteratorRequest request) {
        Instant timestamp = request.timestamp();
        if (timestamp == null) {
            throw KinesisErrors.invalidArgument("Must specify timestampInMillis parameter for iterator of type"
                    + " AT_TIMESTAMP. Current request has no timestamp parameter.");
        }
        Instant now = clock.instant();
        if (timestamp.isAfter(now)) {
            throw KinesisErrors.invalidArgument("The timestampInMillis parameter cannot be greater than the"
                    + " currentTimestampInMillis. timestampInMillis: " + timestamp.toEpochMilli()
                    + ", currentTimestampInMillis: " + now.toEpochMilli());
        }
    }

    private SequenceNumber sequenceNumber(GetShardIteratorRequest request, Stream stream, Shard shard) {
        String text = request.startingSequenceNumber();
        String used = "StartingSequenceNumber " + SequenceNumber.canonical(text) + " used in GetShardIterator on shard "
                + shard.id()
                + " in stream " + stream.name() + " under account "
                + catalog.naming().accountId() + " is invalid";
        SequenceNumber number = SequenceNumber.parse(text).orElseThrow(() -> KinesisErrors.invalidArgument(used + "."));
        if (number.shardIndex() != shard.index()) {
            throw KinesisErrors.invalidArgument("Invalid StartingSequenceNumber. It encodes "
                    + ShardIds.format(number.shardIndex()) + ", while it was used in a call to a shard with "
                    + shard.id());
        }
        if (!number.isOf(shard)) {
            throw KinesisErrors.invalidArgument(used + " because it did not come from this stream.");
        }
        return number;
    }
}
