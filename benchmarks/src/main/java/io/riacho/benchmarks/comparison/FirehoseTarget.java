package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.firehose.Delivered;
import io.riacho.benchmarks.firehose.FirehoseLoad;
import io.riacho.benchmarks.firehose.Format;
import io.riacho.benchmarks.firehose.Origin;
import io.riacho.benchmarks.load.Latencies;
import java.io.IOException;
import java.util.EnumMap;
import java.util.Map;

/** Riacho's Firehose, with the S3 that Riacho has in its own process. */
final class FirehoseTarget implements Target {

    static final String HOW_IT_IS_MEASURED =
            "JSON records of about 500 bytes. To S3: PutRecords of 500, one in flight, while"
                    + " the delivery stream reads; buffers of 64 MiB or 1 s; from the first put to the first list of the bucket with"
                    + " the last object, a list every 50 ms; MB are 10^6 bytes as put; all objects are read back (Parquet by DuckDB),"
                    + " and a round counts only if each record is there, and once. No buffer: 20 records/s, one at a time, by the"
                    + " AWS SDK; the attempt is the arrival of the request at an HTTP endpoint (goal: p50 at most 60 ms), the"
                    + " object's time the first list that has it, a list every 10 ms (goal: at most 1,000 ms)";

    private final FirehoseLoad load;
    private final int records;

    /** @param records that go through a delivery stream in one run */
    FirehoseTarget(FirehoseLoad load, int records) {
        this.load = load;
        this.records = records;
    }

    @Override
    public String name() {
        return TargetNames.RIACHO;
    }

    @Override
    public boolean supports(Workload workload) {
        return workload.isFirehose();
    }

    @Override
    public void prepare() {
        load.prepare();
    }

    @Override
    public Map<Metric, Double> run(Workload workload, Durations durations) throws IOException {
        return switch (workload) {
            case FIREHOSE_S3_GZIP -> deliver(Format.GZIP, Metric.FIREHOSE_GZIP_RECORDS, Metric.FIREHOSE_GZIP_BYTES);
            case FIREHOSE_S3_PARQUET ->
                deliver(Format.PARQUET, Metric.FIREHOSE_PARQUET_RECORDS, Metric.FIREHOSE_PARQUET_BYTES);
            case FIREHOSE_FRESHNESS -> freshness(durations.warmUpAtTwenty(), durations.measuredAtTwenty());
            default -> throw new IllegalArgumentException(workload.title());
        };
    }

    private Map<Metric, Double> deliver(Format format, Metric perSecond, Metric megabytesPerSecond) throws IOException {
        Delivered delivered = load.deliver(format, records);
        return Map.of(perSecond, delivered.recordsPerSecond(), megabytesPerSecond, delivered.megabytesPerSecond());
    }

    private Map<Metric, Double> freshness(int warmUp, int measured) throws IOException {
        Map<Metric, Double> values = new EnumMap<>(Metric.class);
        add(
                values,
                load.putToAttempt(Origin.DIRECT_PUT, warmUp, measured),
                Metric.FIREHOSE_DIRECT_ATTEMPT_P50,
                Metric.FIREHOSE_DIRECT_ATTEMPT_P99);
        add(
                values,
                load.putToAttempt(Origin.KINESIS_STREAM, warmUp, measured),
                Metric.FIREHOSE_STREAM_ATTEMPT_P50,
                Metric.FIREHOSE_STREAM_ATTEMPT_P99);
        add(
                values,
                load.putToObject(Origin.DIRECT_PUT, warmUp, measured),
                Metric.FIREHOSE_DIRECT_OBJECT_P50,
                Metric.FIREHOSE_DIRECT_OBJECT_P99);
        add(
                values,
                load.putToObject(Origin.KINESIS_STREAM, warmUp, measured),
                Metric.FIREHOSE_STREAM_OBJECT_P50,
                Metric.FIREHOSE_STREAM_OBJECT_P99);
        return values;
    }

    private static void add(Map<Metric, Double> values, Latencies latencies, Metric median, Metric high) {
        values.put(median, latencies.milliseconds(0.5));
        values.put(high, latencies.milliseconds(0.99));
    }

    @Override
    public void close() {
        load.close();
    }
}
