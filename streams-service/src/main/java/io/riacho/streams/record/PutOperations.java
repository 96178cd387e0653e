package io.riacho.streams.record;

import io.riacho.protocol.WireRequest;
import io.riacho.protocol.WireResponse;
import io.riacho.streams.encryption.KeyAccess;
import io.riacho.streams.encryption.StreamKeys;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.HashKey;
import io.riacho.streams.shard.SequenceNumber;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import io.riacho.streams.usage.StreamsMeter;
import io.riacho.tracing.Tracing;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;

/** PutRecord and PutRecords. They answer when the records are durable. */
public final class PutOperations {

    private static final int MOST_BYTES = 10 << 20;

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamAccess access;
    private final KeyAccess keyAccess;
    private final RecordWriter writer;
    private final StreamsMeter meter;
    private final InstantSource clock;

    public PutOperations(
            StreamCatalog catalog,
            StreamResolver resolver,
            StreamAccess access,
            StreamKeys keys,
            KeyAccess keyAccess,
            io.riacho.log.ShardLog log,
            StreamsMeter meter,
            InstantSource clock,
            Tracing tracing) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.access = access;
        this.keyAccess = keyAccess;
        writer = new RecordWriter(catalog, log, keys, tracing);
        this.meter = meter;
        this.clock = clock;
    }

    public void putRecord(WireRequest request, WireResponse response) throws IOException {
        PutRequest put = PutDecoder.putRecord(request);
        Stream stream;
        PutBatch batch;
        if (put != null) {
            stream = serving(request, "PutRecord", put.streamName(), put.streamArn(), put.streamId());
            batch = put.batch();
        } else {
            PutRecordRequest input = request.decode(PutRecordRequest.class);
            stream = serving(request, "PutRecord", input.streamName(), input.streamARN(), input.streamId());
            batch = batch(input, stream);
        }
        Placed placed =
                putRecord(stream, batch, meter.put(stream, request.context().principalArn()));
        Shard shard = placed.shard(0);
        response.send(PutRecordResponse.builder()
                .shardId(shard.id())
                .sequenceNumber(shard.sequenceNumbers().format(placed.offset(0)))
                .encryptionType(stream.encryption().isOn() ? EncryptionType.KMS : null)
                .build());
    }

    public void putRecords(WireRequest request, WireResponse response) throws IOException {
        PutRequest put = PutDecoder.putRecords(request);
        Stream stream;
        PutBatch batch;
        if (put != null) {
            stream = serving(request, "PutRecords", put.streamName(), put.streamArn(), put.streamId());
            batch = put.batch();
        } else {
            PutRecordsRequest input = request.decode(PutRecordsRequest.class);
            stream = serving(request, "PutRecords", input.streamName(), input.streamARN(), input.streamId());
            batch = batch(input);
        }
        Placed placed =
                putRecords(stream, batch, meter.put(stream, request.context().principalArn()));
        byte[] answer = PutRecordsAnswer.encode(
                request.format(),
                placed,
                stream.name(),
                account(),
                stream.encryption().isOn());
        try (OutputStream body = response.body(answer.length)) {
            body.write(answer);
        }
    }

    private Placed putRecord(Stream stream, PutBatch batch, StreamsMeter.Put usage) {
        long start = System.nanoTime();
        boolean stored = false;
        boolean throttled = false;
        try {
            checkSize(stream, batch, 0, "data");
            Placed placed = writer.write(stream, batch, usage);
            throttled = placed.isThrottled(0);
            if (throttled) {
                throw KinesisErrors.writesThrottled(placed.shard(0).id(), stream.name(), account());
            }
            stored = true;
            return placed;
        } finally {
            stream.traffic().putRecord(stored, throttled, batch.totalBytes(), System.nanoTime() - start);
        }
    }

    private Placed putRecords(Stream stream, PutBatch batch, StreamsMeter.Put usage) {
        long start = System.nanoTime();
        int stored = 0;
        int throttled = 0;
        long bytes = 0;
        try {
            checkSizes(stream, batch);
            Placed placed = writer.write(stream, batch, usage);
            throttled = placed.throttledCount();
            stored = batch.size() - throttled;
            bytes = throttled == 0 ? batch.totalBytes() : bytesStored(batch, placed);
            return placed;
        } finally {
            stream.traffic().putRecords(batch.size(), stored, throttled, bytes, System.nanoTime() - start);
        }
    }

    private static long bytesStored(PutBatch batch, Placed placed) {
        long bytes = 0;
        for (int i = 0; i < batch.size(); i++) {
            bytes += placed.isThrottled(i) ? 0 : batch.bytes(i);
        }
        return bytes;
    }

    private static void checkSizes(Stream stream, PutBatch batch) {
        if (batch.totalBytes() > MOST_BYTES) {
            throw KinesisErrors.invalidArgument("Records size exceeds 10 MB limit");
        }
        for (int i = 0; i < batch.size(); i++) {
            if (batch.bytes(i) > stream.maxRecordBytes()) {
                checkSize(stream, batch, i, "records." + (i + 1) + ".member.data");
            }
        }
    }

    /** Whoever may put to the stream is told whether it is there before anything about the records is. */
    private Stream serving(
            WireRequest request,
            String operation,
            @Nullable String streamName,
            @Nullable String arn,
            @Nullable String id) {
        String name = arn == null && id == null && streamName != null ? streamName : resolver.name(streamName, arn, id);
        access.require(request.context(), operation, name);
        Stream stream = catalog.find(name)
                .filter(Stream::isServing)
                .orElseThrow(() -> KinesisErrors.streamNotFound(name, account()));
        keyAccess.requireSealing(request.context(), stream);
        return stream;
    }

    /** AWS counts the partition key to the record's size, too. */
    private static void checkSize(Stream stream, PutBatch batch, int index, String path) {
        if (batch.bytes(index) > stream.maxRecordBytes()) {
            throw KinesisErrors.validation("1 validation error detected: Value at '" + path
                    + "' failed to satisfy constraint: Member must have length less than or equal to "
                    + stream.maxRecordBytes());
        }
    }

    private PutBatch batch(PutRecordRequest request, Stream stream) {
        PutBatch batch = new PutBatch(1);
        add(batch, request.partitionKey(), request.data(), request.explicitHashKey());
        String ordering = request.sequenceNumberForOrdering();
        if (ordering != null && !isPast(ordering, stream)) {
            throw KinesisErrors.invalidArgument("ExclusiveMinimumSequenceNumber " + SequenceNumber.canonical(ordering)
                    + " used in PutRecord on stream " + stream.name() + " under account " + account() + " is invalid.");
        }
        return batch;
    }

    private static PutBatch batch(PutRecordsRequest request) {
        PutBatch batch = new PutBatch(request.records().size());
        for (PutRecordsRequestEntry entry : request.records()) {
            add(batch, entry.partitionKey(), entry.data(), entry.explicitHashKey());
        }
        return batch;
    }

    private static void add(PutBatch batch, String partitionKey, SdkBytes data, @Nullable String explicitHashKey) {
        HashKey hashKey = null;
        if (explicitHashKey != null) {
            if (!HashKey.isOnRing(explicitHashKey)) {
                throw KinesisErrors.invalidArgument("Invalid ExplicitHashKey. ExplicitHashKey must be in the range:"
                        + " [0, 2^128-1]. Specified value was " + explicitHashKey);
            }
            hashKey = HashKey.parse(explicitHashKey);
        }
        byte[] bytes = data.asByteArrayUnsafe();
        batch.add(partitionKey.getBytes(StandardCharsets.UTF_8), bytes, 0, bytes.length, hashKey);
    }

    /**
     * Whether a record put now gets a greater sequence number: that needs nothing to be done, since a shard's numbers
     * only ever grow and each record is durable before its number is known.
     */
    private boolean isPast(String sequenceNumber, Stream stream) {
        long now = clock.instant().getEpochSecond();
        return SequenceNumber.arrivalSecond(sequenceNumber)
                .filter(second -> second <= now || isOf(stream, sequenceNumber))
                .isPresent();
    }

    /** The numbers of a shard that has just been made begin with a second that is still to come. */
    private static boolean isOf(Stream stream, String sequenceNumber) {
        return SequenceNumber.parse(sequenceNumber)
                .flatMap(number -> stream.shards().find(number.shardIndex()).filter(number::isOf))
                .isPresent();
    }

    private String account() {
        return catalog.naming().accountId();
    }
}
