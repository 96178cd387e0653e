package io.riacho.firehose.destination.s3;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.format.ObjectFormat;
import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.prefix.PrefixException;
import io.riacho.firehose.processing.ProcessedRecord;
import io.riacho.firehose.record.DeliveryRecord;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** Records that nobody takes, in a bucket under the error prefix, a line each. Safe for use by many threads. */
public final class BucketErrors {

    private final S3Objects objects;
    private final String bucket;
    private final ObjectKeys keys;
    private final ObjectFormat format;
    private final InstantSource clock;

    BucketErrors(S3Objects objects, String bucket, ObjectKeys keys, ObjectFormat format, InstantSource clock) {
        this.objects = objects;
        this.bucket = bucket;
        this.keys = keys;
        this.format = format;
        this.clock = clock;
    }

    /** @param directory the {@code !{firehose:error-output-type}} */
    public void writeRejected(Delivery delivery, String directory, List<Rejection> rejected, int attempts)
            throws DeliveryException, InterruptedException {
        Instant now = clock.instant();
        List<DeliveryRecord> lines = new ArrayList<>(rejected.size());
        for (Rejection rejection : rejected) {
            lines.add(ErrorLine.of(rejection, attempts, now));
        }
        write(delivery, directory, lines);
    }

    /** @param failures of the delivery's records, in the same order */
    public void writeFailed(Delivery delivery, String directory, List<ProcessedRecord.Failed> failures)
            throws DeliveryException, InterruptedException {
        Instant now = clock.instant();
        List<DeliveryRecord> lines = new ArrayList<>(failures.size());
        for (int i = 0; i < failures.size(); i++) {
            lines.add(ErrorLine.of(delivery.records().get(i), failures.get(i), now));
        }
        write(delivery, directory, lines);
    }

    private void write(Delivery delivery, String directory, List<DeliveryRecord> lines)
            throws DeliveryException, InterruptedException {
        Delivery errors = new Delivery(
                idOfErrors(delivery.id(), directory),
                delivery.deliveryStream(),
                delivery.version(),
                delivery.shard(),
                delivery.partition(),
                lines,
                delivery.oldestArrival(),
                delivery.begun());
        String key;
        try {
            key = keys.errorKey(errors, directory, format.extension());
        } catch (PrefixException e) {
            throw DeliveryException.retryable("S3.InvalidPrefix", e.getMessage(), e);
        }
        objects.put(bucket, key, format.contentType(), format.contentEncoding(), out -> {
            var _ = format.write(lines, out);
        });
    }

    /** Another one than the delivery's own, whose object may be under the same prefix. */
    private static UUID idOfErrors(UUID delivery, String directory) {
        return UUID.nameUUIDFromBytes((delivery + "/" + directory).getBytes(StandardCharsets.UTF_8));
    }
}
