package io.riacho.streams.application;

import io.riacho.log.KeyUnavailableException;
import io.riacho.log.LogChunk;
import io.riacho.log.ShardLog;
import io.riacho.streams.shard.SequenceNumber;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import java.time.InstantSource;
import java.util.Optional;
import java.util.OptionalLong;

/** Tells how far checkpoints are behind, by looking at the first record after them. */
final class LagMeter {

    private static final int ONE_RECORD = 1;

    private final ShardLog log;
    private final InstantSource clock;
    private final LogChunk chunk;

    /** @param log which is read by one thread at a time through this */
    LagMeter(ShardLog log, InstantSource clock) {
        this.log = log;
        this.clock = clock;
        this.chunk = log.newChunk();
    }

    /** Empty where the checkpoint does not tell where it is, or where the record's key cannot be had. */
    Optional<Lag> of(Stream stream, Shard shard, String checkpoint) {
        long horizon = stream.trimHorizon(clock.instant()).toEpochMilli();
        OptionalLong next = next(shard, checkpoint);
        if (next.isEmpty()) {
            return Optional.empty();
        }
        long end = log.endOffset(shard.number());
        if (next.getAsLong() >= end) {
            return Optional.of(Lag.NONE);
        }
        try {
            log.read(shard.number(), next.getAsLong(), horizon, ONE_RECORD, chunk);
        } catch (KeyUnavailableException e) {
            return Optional.empty();
        }
        return Optional.of(
                chunk.next()
                        ? new Lag(end - chunk.offset(), Math.max(0, clock.millis() - chunk.timestamp()))
                        : Lag.NONE);
    }

    private OptionalLong next(Shard shard, String checkpoint) {
        if (checkpoint.equals("TRIM_HORIZON")) {
            return OptionalLong.of(log.firstOffset(shard.number()));
        }
        return Checkpoints.sequenceNumber(checkpoint)
                .filter(number -> number.isOf(shard))
                .map(SequenceNumber::after)
                .map(OptionalLong::of)
                .orElse(OptionalLong.empty());
    }
}
