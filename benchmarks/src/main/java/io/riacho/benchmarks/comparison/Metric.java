package io.riacho.benchmarks.comparison;

/** One line of the table. */
enum Metric {
    PUT_RECORDS_CBOR("PutRecords 500 × 1 KiB, 4 in flight, 4 shards, CBOR", "records/s"),
    PUT_RECORDS_CBOR_ENCRYPTED("the same to an encrypted stream, CBOR", "records/s"),
    PUT_RECORDS_JSON("PutRecords 500 × 1 KiB, 4 in flight, 4 shards, JSON", "records/s"),
    PUT_RECORDS_CBOR_4000("PutRecords 500 × 1 KiB, 4 in flight, 4,000 shards, CBOR", "records/s"),
    PUT_RECORDS_JSON_4000("PutRecords 500 × 1 KiB, 4 in flight, 4,000 shards, JSON", "records/s"),
    PUT_MAXIMUM("Kafka's producer without those bounds, by key, linger 5 ms", "records/s"),
    PUT_RECORD("PutRecord 1 KiB, 64 in flight, 4 shards", "records/s"),
    DRAIN_CBOR("GetRecords drain, 4 shards at once, CBOR", "records/s"),
    DRAIN_JSON("GetRecords drain, 4 shards at once, JSON", "records/s"),
    PUT_P50("one PutRecord after another, acknowledged, p50", "ms"),
    PUT_P99("one PutRecord after another, acknowledged, p99", "ms"),
    READ_P50("put to GetRecords, tight poller, p50", "ms"),
    READ_P99("put to GetRecords, tight poller, p99", "ms"),
    PUSH_P50("100 records/s, put to SubscribeToShard (Kafka: its consumer), p50", "ms"),
    PUSH_P99("100 records/s, put to SubscribeToShard (Kafka: its consumer), p99", "ms"),
    POLL_P50("100 records/s, put to GetRecords, tight poller, p50", "ms"),
    POLL_P99("100 records/s, put to GetRecords, tight poller, p99", "ms"),
    FAN_OUT("one shard to 20 consumers, each from its beginning, all together", "records/s"),
    FIREHOSE_GZIP_RECORDS("Firehose, stream of 4 shards to S3, GZIP", "records/s"),
    FIREHOSE_GZIP_BYTES("Firehose, stream of 4 shards to S3, GZIP", "MB/s"),
    FIREHOSE_PARQUET_RECORDS("Firehose, stream of 4 shards to S3, Parquet", "records/s"),
    FIREHOSE_PARQUET_BYTES("Firehose, stream of 4 shards to S3, Parquet", "MB/s"),
    FIREHOSE_DIRECT_ATTEMPT_P50("Firehose, no buffer, PutRecord to the delivery attempt, p50", "ms"),
    FIREHOSE_DIRECT_ATTEMPT_P99("Firehose, no buffer, PutRecord to the delivery attempt, p99", "ms"),
    FIREHOSE_STREAM_ATTEMPT_P50("Firehose, no buffer, stream to the delivery attempt, p50", "ms"),
    FIREHOSE_STREAM_ATTEMPT_P99("Firehose, no buffer, stream to the delivery attempt, p99", "ms"),
    FIREHOSE_DIRECT_OBJECT_P50("Firehose, no buffer, PutRecord to the object in S3, p50", "ms"),
    FIREHOSE_DIRECT_OBJECT_P99("Firehose, no buffer, PutRecord to the object in S3, p99", "ms"),
    FIREHOSE_STREAM_OBJECT_P50("Firehose, no buffer, stream to the object in S3, p50", "ms"),
    FIREHOSE_STREAM_OBJECT_P99("Firehose, no buffer, stream to the object in S3, p99", "ms"),
    ANALYTICS_STREAM("Analytics, JSON of 16 shards to a tumbling aggregate to a stream", "records/s"),
    ANALYTICS_MEMORY("the same job from records in its memory", "records/s"),
    ANALYTICS_RESULT_P50("Analytics, end of a window to its row in the output, p50", "ms"),
    ANALYTICS_RESULT_P99("Analytics, end of a window to its row in the output, p99", "ms"),
    START_FRESH("start to first answer, empty data folder", "s"),
    START_AGAIN("start to first answer, data folder in use", "s"),
    RSS_IDLE("resident memory, idle", "MiB"),
    RSS_LOADED("resident memory, after all loads", "MiB");

    private final String title;
    private final String unit;

    Metric(String title, String unit) {
        this.title = title;
        this.unit = unit;
    }

    String title() {
        return title;
    }

    String unit() {
        return unit;
    }

    int decimals() {
        return switch (unit) {
            case "ms" -> 2;
            case "s", "MB/s" -> 1;
            default -> 0;
        };
    }

    boolean higherIsBetter() {
        return unit.endsWith("/s");
    }
}
