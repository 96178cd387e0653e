package io.riacho.streams.fanout;

import io.riacho.log.LogChunk;
import io.riacho.log.ShardLog;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.limit.ConsumerLimits;
import io.riacho.streams.record.AnswerBuffer;
import io.riacho.streams.record.GetRecordsAnswer;
import io.riacho.streams.record.GetRecordsAnswer.ChildShard;
import io.riacho.streams.record.ReadBuffers;
import io.riacho.streams.record.ShardReading;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.traffic.ConsumerMeasure;
import io.riacho.streams.traffic.Tallies;
import java.io.IOException;
import java.io.OutputStream;
import java.time.InstantSource;
import java.util.List;

/** Makes one subscription's events of what the log has from an offset on. Not thread-safe. */
final class EventSource {

    private static final int MOST_RECORDS = 10_000;

    private final ShardLog log;
    private final ReadBuffers buffers;
    private final EventMemory memory;
    private final InstantSource clock;
    private final EventFrames frames;
    private final Tallies<ConsumerMeasure> traffic;
    private final Meter meter;
    private long next;

    /** Is told how many bytes an event gives. */
    @FunctionalInterface
    interface Meter {

        void pushed(Stream stream, long bytes);
    }

    /**
     * @param traffic of the consumer
     * @param from the offset of the first record to give
     */
    EventSource(
            ShardLog log,
            ReadBuffers buffers,
            EventMemory memory,
            InstantSource clock,
            EventFrames frames,
            Tallies<ConsumerMeasure> traffic,
            Meter meter,
            long from) {
        this.log = log;
        this.buffers = buffers;
        this.memory = memory;
        this.clock = clock;
        this.frames = frames;
        this.traffic = traffic;
        this.meter = meter;
        next = from;
    }

    /** Whether there are records, or the shard's end, to tell of. */
    boolean hasMore(Shard shard) {
        return !shard.isOpen() || next < log.endOffset(shard.number());
    }

    /**
     * Writes one event, which has no records where there are none.
     *
     * @return whether it was the last one, at the end of a closed shard
     * @throws io.riacho.protocol.AwsException a KMS… error where the next record cannot, or may not, be decrypted
     */
    boolean write(Stream stream, Shard shard, KeyAccess.Opening opening, ConsumerLimits limits, OutputStream out)
            throws IOException {
        ReadBuffers.Buffers taken = buffers.take();
        AnswerBuffer event = taken.answer();
        boolean isLast = read(stream, shard, opening, limits, taken.chunk(), event);
        buffers.giveBack(taken.chunk());
        int size = event.size();
        memory.take(size);
        try {
            out.write(event.array(), 0, size);
            out.flush();
        } finally {
            memory.giveBack(size);
        }
        event.trim();
        buffers.giveBack(event);
        return isLast;
    }

    private boolean read(
            Stream stream,
            Shard shard,
            KeyAccess.Opening opening,
            ConsumerLimits limits,
            LogChunk chunk,
            AnswerBuffer event)
            throws IOException {
        frames.begin(event);
        GetRecordsAnswer answer = GetRecordsAnswer.event(frames.format(), event);
        answer.begin();
        long now = clock.millis();
        // The end is taken after the shard: of a closed shard it no longer moves.
        long end = log.endOffset(shard.number());
        ShardReading reading = new ShardReading(log, shard, opening, answer, MOST_RECORDS, memory.share());
        next = reading.read(next, stream.trimHorizon(clock.instant()).toEpochMilli(), end, chunk);
        limits.read(reading.bytes());
        boolean atTip = next >= log.endOffset(shard.number());
        boolean atEnd = atTip && !shard.isOpen();
        long behind = atTip ? 0 : reading.millisBehind(now);
        answer.end(
                atEnd ? null : shard.sequenceNumbers().between(next - 1, now),
                behind,
                atEnd ? ChildShard.of(stream.shards(), shard) : List.of());
        frames.end(event);
        count(reading, behind);
        meter.pushed(stream, reading.bytes());
        return atEnd;
    }

    private void count(ShardReading reading, long behind) {
        traffic.add(ConsumerMeasure.EVENT_SUCCESS, 1);
        traffic.add(ConsumerMeasure.EVENT_BYTES, reading.bytes());
        traffic.add(ConsumerMeasure.EVENT_RECORDS, reading.records());
        traffic.add(ConsumerMeasure.MILLIS_BEHIND_LATEST, behind);
    }
}
