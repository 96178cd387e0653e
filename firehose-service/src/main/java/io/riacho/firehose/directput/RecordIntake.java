package io.riacho.firehose.directput;

import io.riacho.aggregation.Aggregator;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.usage.MeteredDelivery;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.firehose.model.Record;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Stores records in a delivery stream's internal stream. Those of one request are packed, as the producer library does it,
 * into few stored records, so that small ones do not use up a shard's records a second. Safe for use by many threads.
 */
public final class RecordIntake {

    /** What a stored record may have. */
    private static final int MAX_STORED_BYTES = 1 << 20;
    /** Of the requests under way. */
    private static final int MAX_REQUESTS = 64;
    /** What a request may have. */
    private static final int MAX_BATCH_KIBIBYTES = 4 << 10;

    private static final String UNAVAILABLE = "ServiceUnavailableException";
    private static final String SLOW_DOWN = "Slow down.";

    private final Supplier<KinesisAsyncClient> kinesis;
    private final Semaphore requests = new Semaphore(MAX_REQUESTS);
    private final Semaphore kibibytes;
    private final Tracing tracing;
    private final PutSpans spans;

    /**
     * @param memory how many bytes the records of the requests under way may have, but always one request. Of each there are
     *     some six copies on the way into the stream
     * @param spans told of what is stored
     */
    public RecordIntake(Supplier<KinesisAsyncClient> kinesis, long memory, Tracing tracing, PutSpans spans) {
        this.kinesis = kinesis;
        this.tracing = tracing;
        this.spans = spans;
        this.kibibytes = new Semaphore((int) Math.clamp(memory >> 10, MAX_BATCH_KIBIBYTES, Integer.MAX_VALUE));
    }

    /**
     * @param principal who puts them
     * @return what became of each, in the same order
     */
    List<Taken> put(DeliveryStream stream, String principal, List<Record> records) throws InterruptedException {
        if (!requests.tryAcquire(1, TimeUnit.SECONDS)) {
            return all(records.size(), new Taken.Refused(UNAVAILABLE, SLOW_DOWN));
        }
        try {
            int size = kibibytes(records);
            if (!kibibytes.tryAcquire(size, 1, TimeUnit.SECONDS)) {
                return all(records.size(), new Taken.Refused(UNAVAILABLE, SLOW_DOWN));
            }
            try {
                return store(stream, MeteredDelivery.keyOf(principal), records);
            } finally {
                kibibytes.release(size);
            }
        } finally {
            requests.release();
        }
    }

    private static int kibibytes(List<Record> records) {
        long bytes = records.stream()
                .mapToLong(record -> record.data().asByteBuffer().remaining())
                .sum();
        return (int) Math.min((bytes >> 10) + 1, MAX_BATCH_KIBIBYTES);
    }

    /** @param key of the records in the stored ones, which tells who put them */
    private List<Taken> store(DeliveryStream stream, String key, List<Record> records) throws InterruptedException {
        List<PutRecordsRequestEntry> entries = new ArrayList<>();
        List<Integer> sizes = new ArrayList<>();
        Aggregator pack = new Aggregator(key);
        for (Record record : records) {
            var data = record.data().asByteBuffer();
            if (pack.size() > 0 && pack.bytesWith(data.remaining()) > MAX_STORED_BYTES) {
                close(pack, entries, sizes);
                pack = new Aggregator(key);
            }
            pack.add(data);
        }
        close(pack, entries, sizes);
        List<PutRecordsResultEntry> results;
        try {
            results = stored(stream, entries);
        } catch (ExecutionException e) {
            return all(records.size(), refused(e.getCause() == null ? e : e.getCause()));
        }
        spans.stored(stream.id(), results);
        List<Taken> taken = new ArrayList<>(records.size());
        for (int i = 0; i < results.size(); i++) {
            taken.addAll(taken(results.get(i), sizes.get(i)));
        }
        return taken;
    }

    private List<PutRecordsResultEntry> stored(DeliveryStream stream, List<PutRecordsRequestEntry> entries)
            throws ExecutionException, InterruptedException {
        try (OpenSpan span = tracing.call("buffer")) {
            try {
                return kinesis.get()
                        .putRecords(request -> request.streamName(InternalStreams.nameOf(stream))
                                .records(entries))
                        .get()
                        .records();
            } catch (ExecutionException e) {
                span.failed("Refused");
                throw e;
            }
        }
    }

    private static List<Taken> taken(PutRecordsResultEntry result, int size) {
        if (result.errorCode() != null) {
            return all(size, refused(result.errorCode(), result.errorMessage()));
        }
        List<Taken> taken = new ArrayList<>(size);
        for (int part = 0; part < size; part++) {
            taken.add(new Taken.Durable(RecordIds.of(result.shardId(), result.sequenceNumber(), part)));
        }
        return taken;
    }

    private static Taken refused(Throwable cause) {
        return cause instanceof KinesisException refused && refused.awsErrorDetails() != null
                ? refused(
                        refused.awsErrorDetails().errorCode(),
                        refused.awsErrorDetails().errorMessage())
                : new Taken.Refused(UNAVAILABLE, "The records cannot be stored now.");
    }

    private static Taken refused(String code, String message) {
        return code.startsWith("KMS")
                ? new Taken.Refused("InvalidKMSResourceException", message)
                : new Taken.Refused(
                        UNAVAILABLE,
                        code.equals("ProvisionedThroughputExceededException")
                                ? SLOW_DOWN
                                : "The records cannot be stored now.");
    }

    private static void close(Aggregator pack, List<PutRecordsRequestEntry> entries, List<Integer> sizes) {
        sizes.add(pack.size());
        entries.add(PutRecordsRequestEntry.builder()
                .partitionKey(randomKey())
                .data(SdkBytes.fromByteArrayUnsafe(pack.storedRecord()))
                .build());
    }

    private static List<Taken> all(int size, Taken same) {
        Taken[] taken = new Taken[size];
        Arrays.fill(taken, same);
        return List.of(taken);
    }

    private static String randomKey() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }
}
