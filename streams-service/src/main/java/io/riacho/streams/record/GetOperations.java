package io.riacho.streams.record;

import io.riacho.log.KeyUnavailableException;
import io.riacho.log.LogChunk;
import io.riacho.log.ShardLog;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.WireRequest;
import io.riacho.protocol.WireResponse;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.encryption.KeyErrors;
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
import java.io.IOException;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.IntStream;
import software.amazon.awssdk.services.kinesis.model.GetRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** GetRecords. */
public final class GetOperations {

    private static final int MOST_RECORDS = 10_000;
    private static final int MOST_BYTES = 10 << 20;
    private static final int CHUNK_BYTES = 256 << 10;

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamAccess access;
    private final KeyAccess keyAccess;
    private final ShardIterators iterators;
    private final ShardLog log;
    private final InstantSource clock;
    private final ReadBuffers buffers;

    public GetOperations(
            StreamCatalog catalog,
            StreamResolver resolver,
            StreamAccess access,
            KeyAccess keyAccess,
            ShardIterators iterators,
            ShardLog log,
            InstantSource clock) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.access = access;
        this.keyAccess = keyAccess;
        this.iterators = iterators;
        this.log = log;
        this.clock = clock;
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
        if (!shard.limits().tryRead()) {
            throw KinesisErrors.readsThrottled(shardId, stream.name(), account());
        }
        long from = iterator.streamId() == stream.id() ? iterator.offset() : 0;
        int limit = get.limit() == null ? MOST_RECORDS : get.limit();
        ReadBuffers.Buffers buffer = buffers.take();
        buffer.answer().begin(response);
        GetRecordsAnswer answer = request.format() == WireFormat.JSON
                ? new GetRecordsJson(buffer.answer())
                : new GetRecordsCbor(buffer.answer());
        new Reading(stream, shard, limit, answer, opening).read(from, buffer.chunk());
        buffers.giveBack(buffer);
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

    /** One answer in the making. */
    private final class Reading {

        private final Stream stream;
        private final Shard shard;
        private final int limit;
        private final GetRecordsAnswer answer;
        private final KeyAccess.Opening opening;
        private int records;
        private long bytes;
        private long lastTimestamp;

        Reading(Stream stream, Shard shard, int limit, GetRecordsAnswer answer, KeyAccess.Opening opening) {
            this.stream = stream;
            this.shard = shard;
            this.limit = limit;
            this.answer = answer;
            this.opening = opening;
        }

        void read(long from, LogChunk chunk) throws IOException {
            long now = clock.millis();
            long horizon = stream.trimHorizon(clock.instant()).toEpochMilli();
            // The end is taken after the shard: of a closed shard it no longer moves.
            long end = log.endOffset(shard.number());
            answer.begin();
            long next = from;
            boolean goesOn = next < end;
            while (goesOn) {
                if (!fill(next, horizon, chunk)) {
                    break;
                }
                long after = take(chunk);
                goesOn = after == chunk.nextOffset() && after > next && after < end && records < limit;
                next = Math.max(next, after);
            }
            finish(next, now);
        }

        /** Gives false where records were found before, and the next ones cannot be decrypted: the next call is told so. */
        private boolean fill(long next, long horizon, LogChunk chunk) {
            try {
                log.read(shard.number(), next, horizon, CHUNK_BYTES, chunk);
                return true;
            } catch (KeyUnavailableException e) {
                if (records == 0) {
                    throw KeyErrors.of(e);
                }
                return false;
            }
        }

        /** The same for records that the caller may not decrypt. */
        private boolean mayOpen(LogChunk chunk) {
            if (chunk.keyId() == LogChunk.NO_KEY) {
                return true;
            }
            try {
                opening.require(chunk.keyId());
                return true;
            } catch (AwsException e) {
                if (records == 0) {
                    throw e;
                }
                return false;
            }
        }

        /** Returns the offset to read on from: behind the chunk, or within it where the answer is full. */
        private long take(LogChunk chunk) throws IOException {
            while (chunk.next()) {
                int size = chunk.dataLength() + chunk.keyLength();
                if (records == limit || (records > 0 && bytes + size > MOST_BYTES) || !mayOpen(chunk)) {
                    return chunk.offset();
                }
                answer.record(shard, chunk);
                records++;
                bytes += size;
                lastTimestamp = chunk.timestamp();
            }
            return chunk.nextOffset();
        }

        private void finish(long next, long now) throws IOException {
            shard.limits().read(bytes);
            boolean atTip = next >= log.endOffset(shard.number());
            boolean atEnd = atTip && !shard.isOpen();
            String nextIterator = atEnd ? null : iterators.give(stream.name(), stream.id(), shard.index(), next);
            long behind = atTip || records == 0 ? 0 : Math.max(0, now - lastTimestamp);
            answer.end(nextIterator, behind, atEnd ? children() : List.of());
        }

        private List<ChildShard> children() {
            return stream.shards().childrenOf(shard).stream()
                    .map(child -> new ChildShard(
                            child.id(),
                            IntStream.concat(child.parent().stream(), child.adjacentParent().stream())
                                    .mapToObj(ShardIds::format)
                                    .toList(),
                            child.range().start().toString(),
                            child.range().end().toString()))
                    .toList();
        }
    }
}
