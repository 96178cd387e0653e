package io.riacho.streams.record;

import io.riacho.log.LogChunk;
import io.riacho.log.ShardLog;
import io.riacho.protocol.WireRequest;
import io.riacho.protocol.WireResponse;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.iterator.ShardIterator;
import io.riacho.streams.iterator.ShardIterators;
import io.riacho.streams.record.GetRecordsAnswer.ChildShard;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import io.riacho.streams.usage.StreamsMeter;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** GetRecords. */
public final class GetOperations {

    private static final int MOST_RECORDS = 10_000;
    private static final int MOST_BYTES = 10 << 20;

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamAccess access;
    private final KeyAccess keyAccess;
    private final ShardIterators iterators;
    private final ShardLog log;
    private final StreamsMeter meter;
    private final InstantSource clock;
    private final ReadBuffers buffers;
    private final Tracing tracing;

    public GetOperations(
            StreamCatalog catalog,
            StreamResolver resolver,
            StreamAccess access,
            KeyAccess keyAccess,
            ShardIterators iterators,
            ShardLog log,
            StreamsMeter meter,
            InstantSource clock,
            Tracing tracing) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.access = access;
        this.keyAccess = keyAccess;
        this.iterators = iterators;
        this.log = log;
        this.meter = meter;
        this.clock = clock;
        this.tracing = tracing;
        buffers = new ReadBuffers(log);
    }

    public void getRecords(WireRequest request, WireResponse response) throws IOException {
        GetRecordsRequest get = request.decode(GetRecordsRequest.class);
        ShardIterator iterator = iterators.take(get.shardIterator());
        access.require(request.context(), "GetRecords", iterator.streamName());
        if (get.streamARN() != null || get.streamId() != null) {
            checkArn(get, iterator);
        }
        String shardId = ShardIds.format(iterator.shardIndex());
        Stream stream = catalog.find(iterator.streamName())
                .filter(found -> found.status() != StreamStatus.CREATING)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(shardId, iterator.streamName(), account()));
        Shard shard = stream.shards()
                .find(iterator.shardIndex())
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(shardId, stream.name(), account()));
        KeyAccess.Opening opening = keyAccess.opening(request.context(), stream);
        long start = System.nanoTime();
        boolean throttled = false;
        boolean read = false;
        OpenSpan span = tracing.child("read");
        try {
            throttled = !shard.limits().tryRead();
            if (throttled) {
                shard.traffic().readThrottled();
                throw KinesisErrors.readsThrottled(shardId, stream.name(), account());
            }
            long from = iterator.streamId() == stream.id() ? iterator.offset() : 0;
            int limit = get.limit() == null ? MOST_RECORDS : get.limit();
            ReadBuffers.Buffers buffer = buffers.take();
            buffer.answer().begin(response);
            GetRecordsAnswer answer = GetRecordsAnswer.answer(request.format(), buffer.answer());
            long bytes = read(stream, shard, from, limit, opening, answer, buffer.chunk(), start);
            meter.got(stream, request.context().principalArn(), bytes);
            read = true;
            if (span.isRecorded()) {
                span.with("aws.kinesis.stream_name", stream.name())
                        .with("riacho.shard", shardId)
                        .with("riacho.bytes", bytes);
            }
            buffers.giveBack(buffer);
        } finally {
            span.close();
            if (!read) {
                stream.traffic().getRecordsFailed(throttled, System.nanoTime() - start);
            }
        }
    }

    private void checkArn(GetRecordsRequest get, ShardIterator iterator) {
        String named = resolver.name(null, get.streamARN(), get.streamId());
        if (!named.equals(iterator.streamName())) {
            throw KinesisErrors.invalidArgument(
                    "StreamARN " + get.streamARN() + " is not the stream of the ShardIterator.");
        }
    }

    private String account() {
        return catalog.naming().accountId();
    }

    /** Returns how many bytes the records have. */
    private long read(
            Stream stream,
            Shard shard,
            long from,
            int limit,
            KeyAccess.Opening opening,
            GetRecordsAnswer answer,
            LogChunk chunk,
            long start)
            throws IOException {
        long now = clock.millis();
        // The end is taken after the shard: of a closed shard it no longer moves.
        long end = log.endOffset(shard.number());
        answer.begin();
        ShardReading reading = new ShardReading(log, shard, opening, answer, limit, MOST_BYTES);
        long next = reading.read(from, stream.trimHorizon(clock.instant()).toEpochMilli(), end, chunk);
        shard.limits().read(reading.bytes());
        boolean atTip = next >= log.endOffset(shard.number());
        boolean atEnd = atTip && !shard.isOpen();
        String nextIterator = atEnd ? null : iterators.give(stream.name(), stream.id(), shard.index(), next);
        long behind = atTip ? 0 : reading.millisBehind(now);
        answer.end(nextIterator, behind, atEnd ? ChildShard.of(stream.shards(), shard) : List.of());
        shard.traffic().gave(reading.bytes(), reading.records(), behind);
        stream.traffic().getRecords(reading.records(), reading.bytes(), behind, System.nanoTime() - start);
        return reading.bytes();
    }
}
