package io.riacho.firehose.usage;

import io.riacho.usage.meter.Meter;
import java.util.List;

/**
 * What is metered of delivery streams.
 *
 * @see <a href="https://aws.amazon.com/firehose/pricing/">Amazon Data Firehose pricing</a>
 */
public final class FirehoseMeters {

    static final String KIND = "delivery-stream";

    static final String RECORDS_IN = "firehose.records-in";
    static final String BYTES_IN = "firehose.bytes-in";
    static final String BILLED_BYTES_IN = "firehose.billed-bytes-in";
    static final String CONVERTED_BYTES = "firehose.converted-bytes";
    static final String PARTITIONED_BYTES = "firehose.partitioned-bytes";
    static final String PARTITIONED_OBJECTS = "firehose.partitioned-objects";
    static final String DELIVERED_RECORDS = "firehose.delivered-records";
    static final String DELIVERED_BYTES = "firehose.delivered-bytes";

    public static final List<Meter> ALL = List.of(
            Meter.count(RECORDS_IN, KIND, "record", 1_000_000, "Records taken from the source"),
            Meter.bytes(BYTES_IN, KIND, "Data taken from the source"),
            Meter.bytes(
                    BILLED_BYTES_IN,
                    KIND,
                    "Data taken from the source, each record in steps of 5 KiB unless it comes from Kafka"),
            Meter.bytes(CONVERTED_BYTES, KIND, "The same, of delivery streams that convert records to Parquet or ORC"),
            Meter.bytes(PARTITIONED_BYTES, KIND, "Data delivered by delivery streams with dynamic partitioning"),
            Meter.count(
                    PARTITIONED_OBJECTS,
                    KIND,
                    "object",
                    1_000,
                    "Deliveries of delivery streams with dynamic partitioning"),
            Meter.count(DELIVERED_RECORDS, KIND, "record", 1_000_000, "Records delivered"),
            Meter.bytes(DELIVERED_BYTES, KIND, "Data delivered, before compression"));

    private FirehoseMeters() {}
}
