package io.riacho.firehose.format;

import io.riacho.firehose.catalog.TableDefinition;
import io.riacho.firehose.record.DeliveryRecord;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.Serializer;

/** Prints how many JSON records of about 500 bytes one thread puts into objects in a second of a processor's time. */
final class FormatSpeed {

    private static final int RECORDS = 100_000;
    private static final int ROUNDS = 8;
    private static final String COLUMNS = "event_id string, user_id bigint, at timestamp, kind string, page string,"
            + " referrer string, agent string, price decimal(10,2), amount int, score double, member boolean,"
            + " tags array<string>, place struct<country:string,city:string,lat:double,lon:double>";

    private FormatSpeed() {}

    public static void main(String[] args) throws IOException {
        TableDefinition table = new TableDefinition("db", "t", 0, RowReaderTest.columns(COLUMNS), List.of(), Map.of());
        ObjectFormats formats = new ObjectFormats((_, _) -> table);
        List<DeliveryRecord> records = records();
        measure("GZIP", formats.of(CompressionFormat.GZIP), records);
        measure("Snappy", formats.of(CompressionFormat.SNAPPY), records);
        measure(
                "Parquet",
                formats.of(
                        TestRecords.STREAM,
                        ColumnarFormatTest.converting(
                                Serializer.builder().parquetSerDe(serDe -> {}).build())),
                records);
        measure(
                "ORC",
                formats.of(
                        TestRecords.STREAM,
                        ColumnarFormatTest.converting(
                                Serializer.builder().orcSerDe(serDe -> {}).build())),
                records);
    }

    private static void measure(String name, ObjectFormat format, List<DeliveryRecord> records) throws IOException {
        long bytes = records.stream().mapToLong(record -> record.data().length).sum();
        for (int round = 1; round <= ROUNDS; round++) {
            Counted out = new Counted();
            long start = processorNanos();
            int rejected = format.write(records, out).size();
            double seconds = (processorNanos() - start) / 1e9;
            System.out.printf(
                    Locale.ROOT,
                    "%-8s round %d: %,9.0f records/s, %6.1f MB/s in, %5.1f MB out, %d rejected%n",
                    name,
                    round,
                    records.size() / seconds,
                    bytes / seconds / 1e6,
                    out.count / 1e6,
                    rejected);
        }
    }

    private static long processorNanos() {
        return ManagementFactory.getThreadMXBean().getCurrentThreadCpuTime();
    }

    private static List<DeliveryRecord> records() {
        Random random = new Random(1);
        List<DeliveryRecord> records = new ArrayList<>();
        for (int i = 0; i < RECORDS; i++) {
            String json = String.format(
                    Locale.ROOT,
                    "{\"event_id\":\"%016x%016x\",\"user_id\":%d,\"at\":\"2026-11-26T%02d:%02d:%02d.%03dZ\",\"kind\":\"%s\","
                            + "\"page\":\"/products/%d/details?campaign=%d\",\"referrer\":\"https://www.example.org/search?q=%d\","
                            + "\"agent\":\"Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 Chrome/%d.0\",\"price\":%d.%02d,"
                            + "\"amount\":%d,\"score\":%f,\"member\":%b,\"tags\":[\"tag%d\",\"tag%d\"],"
                            + "\"place\":{\"country\":\"BR\",\"city\":\"city %d\",\"lat\":%f,\"lon\":%f}}%n",
                    random.nextLong(),
                    random.nextLong(),
                    random.nextInt(1_000_000),
                    random.nextInt(24),
                    random.nextInt(60),
                    random.nextInt(60),
                    random.nextInt(1000),
                    List.of("view", "click", "buy").get(random.nextInt(3)),
                    random.nextInt(10_000),
                    random.nextInt(50),
                    random.nextInt(100_000),
                    100 + random.nextInt(40),
                    random.nextInt(1000),
                    random.nextInt(100),
                    random.nextInt(10),
                    random.nextDouble(),
                    random.nextBoolean(),
                    random.nextInt(100),
                    random.nextInt(100),
                    random.nextInt(500),
                    random.nextDouble() * 90,
                    random.nextDouble() * 180);
            records.add(TestRecords.record(i, json.getBytes(StandardCharsets.UTF_8)));
        }
        return records;
    }

    private static final class Counted extends OutputStream {

        private long count;

        @Override
        public void write(int b) {
            count++;
        }

        @Override
        public void write(byte[] bytes, int offset, int length) {
            count += length;
        }
    }
}
