package io.riacho.firehose.usage;

import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.SourceRecord;
import io.riacho.usage.hours.Amounts;
import io.riacho.usage.hours.Subject;
import java.util.List;
import java.util.UUID;

/**
 * A delivery stream, as far as metering goes.
 *
 * @param isDirectPut whether its records tell who put them
 * @param roundsUp whether records are counted in steps
 * @param converts whether records are converted to Parquet or ORC
 * @param partitions whether records are sorted by partition keys
 */
public record MeteredDelivery(
        UUID id, String name, boolean isDirectPut, boolean roundsUp, boolean converts, boolean partitions) {

    private static final int STEP = 5 << 10;

    /** How the keys of records begin that were put by somebody who is known. */
    private static final String ARN = "arn:";

    /** Longer than any key of a record can be, so that nobody's key is taken for a principal. */
    private static final int LONGEST_KEY = 256;

    /** What is written as the key of records that the principal puts, which have none of their own. */
    public static String keyOf(String principal) {
        String who = Subject.principalOf(principal);
        return who.length() <= LONGEST_KEY && who.startsWith(ARN) ? who : Subject.OTHER;
    }

    /** Who put a record, by its key; nobody in particular where the delivery stream reads a source by itself. */
    String principalOf(SourceRecord record) {
        if (!isDirectPut) {
            return Subject.NOBODY;
        }
        String key = record.partitionKey();
        return key.startsWith(ARN) || key.equals(Subject.OTHER) ? key : Subject.UNKNOWN;
    }

    /** What AWS counts of a record. */
    long billed(int bytes) {
        return roundsUp ? (long) Math.max(1, Math.ceilDiv(bytes, STEP)) * STEP : bytes;
    }

    void taken(long millis, String principal, long records, long bytes, long billed, Amounts into) {
        Subject subject = subject(principal);
        into.add(millis, subject, FirehoseMeters.RECORDS_IN, records);
        into.add(millis, subject, FirehoseMeters.BYTES_IN, bytes);
        into.add(millis, subject, FirehoseMeters.BILLED_BYTES_IN, billed);
        if (converts) {
            into.add(millis, subject, FirehoseMeters.CONVERTED_BYTES, billed);
        }
    }

    /**
     * Counts what was delivered together.
     *
     * @param millis when, epoch milliseconds
     */
    public void delivered(long millis, List<DeliveryRecord> records, Amounts into) {
        if (records.isEmpty()) {
            return;
        }
        Subject subject = subject(Subject.NOBODY);
        long bytes = records.stream().mapToLong(record -> record.data().length).sum();
        into.add(millis, subject, FirehoseMeters.DELIVERED_RECORDS, records.size());
        into.add(millis, subject, FirehoseMeters.DELIVERED_BYTES, bytes);
        if (partitions) {
            into.add(millis, subject, FirehoseMeters.PARTITIONED_BYTES, bytes);
            into.add(millis, subject, FirehoseMeters.PARTITIONED_OBJECTS, 1);
        }
    }

    private Subject subject(String principal) {
        return new Subject(FirehoseMeters.KIND, id.toString(), name, principal);
    }
}
