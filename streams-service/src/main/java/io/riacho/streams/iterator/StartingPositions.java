package io.riacho.streams.iterator;

import io.riacho.log.ShardLog;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.SequenceNumber;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamNaming;
import java.time.Instant;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Where GetShardIterator and SubscribeToShard begin to read. Safe for use by many threads. */
public final class StartingPositions {

    private final StreamNaming naming;
    private final ShardLog log;
    private final InstantSource clock;

    public StartingPositions(StreamNaming naming, ShardLog log, InstantSource clock) {
        this.naming = naming;
        this.log = log;
        this.clock = clock;
    }

    /**
     * The offset of the first record to read.
     *
     * @param operation that is asked for
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where there is no such place in the shard
     */
    public long offset(
            String operation,
            ShardIteratorType type,
            @Nullable String sequenceNumber,
            @Nullable Instant timestamp,
            Stream stream,
            Shard shard) {
        boolean bySequenceNumber =
                type == ShardIteratorType.AT_SEQUENCE_NUMBER || type == ShardIteratorType.AFTER_SEQUENCE_NUMBER;
        if (bySequenceNumber != (sequenceNumber != null)) {
            throw KinesisErrors.invalidArgument("Must either specify (1) AT_SEQUENCE_NUMBER or AFTER_SEQUENCE_NUMBER"
                    + " and StartingSequenceNumber or (2) TRIM_HORIZON or LATEST and no StartingSequenceNumber."
                    + " Request specified " + type + " and " + (bySequenceNumber ? "no" : "also a")
                    + " StartingSequenceNumber.");
        }
        return switch (type) {
            case TRIM_HORIZON -> 0;
            case LATEST -> log.endOffset(shard.number());
            case AT_SEQUENCE_NUMBER ->
                number(operation, sequenceNumber, stream, shard).at();
            case AFTER_SEQUENCE_NUMBER ->
                number(operation, sequenceNumber, stream, shard).after();
            case AT_TIMESTAMP -> log.offsetAt(shard.number(), checked(timestamp).toEpochMilli());
            default -> throw new IllegalStateException("the model knows no " + type);
        };
    }

    private Instant checked(@Nullable Instant timestamp) {
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
        return timestamp;
    }

    private SequenceNumber number(String operation, @Nullable String text, Stream stream, Shard shard) {
        String given = String.valueOf(text);
        String used = "StartingSequenceNumber " + SequenceNumber.canonical(given) + " used in " + operation
                + " on shard " + shard.id() + " in stream " + stream.name() + " under account " + naming.accountId()
                + " is invalid";
        SequenceNumber number =
                SequenceNumber.parse(given).orElseThrow(() -> KinesisErrors.invalidArgument(used + "."));
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
