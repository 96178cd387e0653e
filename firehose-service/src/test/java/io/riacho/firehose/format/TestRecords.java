package io.riacho.firehose.format;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.firehose.record.SourceRecord;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Records to deliver, made of their texts. */
final class TestRecords {

    static final DeliveryStreamName STREAM = new DeliveryStreamName(
            "clicks", "arn:aws:firehose:us-east-1:000000000000:deliverystream/clicks", "us-east-1");

    private TestRecords() {}

    static List<DeliveryRecord> of(String... texts) {
        List<DeliveryRecord> records = new ArrayList<>();
        for (String text : texts) {
            records.add(record(records.size(), text.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    static DeliveryRecord record(int position, byte[] data) {
        SourceRecord source = new SourceRecord(
                "shardId-000000000000",
                BigInteger.valueOf(position),
                0,
                "key",
                Instant.parse("2026-11-26T12:00:00Z"),
                data,
                Map.of());
        return new DeliveryRecord(source, data);
    }
}
