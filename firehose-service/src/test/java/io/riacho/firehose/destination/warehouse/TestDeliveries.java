package io.riacho.firehose.destination.warehouse;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.s3.S3Configurations;
import io.riacho.firehose.prefix.PrefixRules;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.PartitionKeys;
import io.riacho.firehose.record.SourceRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;

/** Deliveries as the engine would make them. */
public final class TestDeliveries {

    public static final DeliveryStreamName STREAM = new DeliveryStreamName(
            "clicks", "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks", "us-east-1");

    public static final S3Configurations BUCKETS = new S3Configurations(PrefixRules::check);

    private TestDeliveries() {}

    public static Delivery of(String... records) {
        return of(UUID.randomUUID(), records);
    }

    public static Delivery of(UUID id, String... records) {
        return of(
                id,
                Stream.of(records)
                        .map(record -> record.getBytes(StandardCharsets.UTF_8))
                        .toList());
    }

    public static Delivery of(UUID id, List<byte[]> records) {
        return of(id, PartitionKeys.NONE, records);
    }

    public static Delivery of(UUID id, PartitionKeys keys, List<byte[]> records) {
        List<DeliveryRecord> made = new ArrayList<>();
        Instant now = Instant.now();
        for (byte[] record : records) {
            SourceRecord source = new SourceRecord(
                    "shardId-000000000000", BigInteger.valueOf(made.size()), 0, "key", now, record, Map.of());
            made.add(new DeliveryRecord(source, record));
        }
        return new Delivery(id, STREAM.name(), "1", "shardId-000000000000", keys, made, now, now);
    }
}
