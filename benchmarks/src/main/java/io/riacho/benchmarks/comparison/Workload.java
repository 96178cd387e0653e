package io.riacho.benchmarks.comparison;

import io.riacho.benchmarks.load.Encoding;
import java.util.List;

/** A load that a target is put under, and what it yields. */
enum Workload {
    PUT_RECORDS("put-records", Encoding.CBOR, 4, Metric.PUT_RECORDS_CBOR),
    PUT_RECORDS_ENCRYPTED("put-records-encrypted", Encoding.CBOR, 4, Metric.PUT_RECORDS_CBOR_ENCRYPTED),
    PUT_RECORDS_JSON("put-records-json", Encoding.JSON, 4, Metric.PUT_RECORDS_JSON),
    PUT_RECORDS_4000("put-records-4000", Encoding.CBOR, 4_000, Metric.PUT_RECORDS_CBOR_4000),
    PUT_RECORDS_JSON_4000("put-records-json-4000", Encoding.JSON, 4_000, Metric.PUT_RECORDS_JSON_4000),
    /** Kafka only: as many records in a request and requests in flight as its producer likes. */
    PUT_MAXIMUM("put-maximum", Encoding.CBOR, 4, Metric.PUT_MAXIMUM),
    PUT_RECORD("put-record", Encoding.CBOR, 4, Metric.PUT_RECORD),
    DRAIN("drain", Encoding.CBOR, 4, Metric.DRAIN_CBOR),
    DRAIN_JSON("drain-json", Encoding.JSON, 4, Metric.DRAIN_JSON),
    PUT_LATENCY("put-latency", Encoding.CBOR, 1, Metric.PUT_P50, Metric.PUT_P99),
    READ_LATENCY("read-latency", Encoding.CBOR, 1, Metric.READ_P50, Metric.READ_P99),
    /** A hundred records a second: to a subscription, and to a poller beside it. */
    SUBSCRIBE_LATENCY(
            "subscribe-latency", Encoding.CBOR, 1, Metric.PUSH_P50, Metric.PUSH_P99, Metric.POLL_P50, Metric.POLL_P99),
    FAN_OUT_20("fan-out-20", Encoding.JSON, 1, Metric.FAN_OUT),
    FIREHOSE_S3_GZIP("firehose-s3-gzip", Encoding.CBOR, 4, Metric.FIREHOSE_GZIP_RECORDS, Metric.FIREHOSE_GZIP_BYTES),
    FIREHOSE_S3_PARQUET(
            "firehose-s3-parquet", Encoding.CBOR, 4, Metric.FIREHOSE_PARQUET_RECORDS, Metric.FIREHOSE_PARQUET_BYTES),
    /** Twenty records a second, put directly and to a stream: to an HTTP endpoint, and to S3. */
    FIREHOSE_FRESHNESS(
            "firehose-freshness",
            Encoding.JSON,
            1,
            Metric.FIREHOSE_DIRECT_ATTEMPT_P50,
            Metric.FIREHOSE_DIRECT_ATTEMPT_P99,
            Metric.FIREHOSE_STREAM_ATTEMPT_P50,
            Metric.FIREHOSE_STREAM_ATTEMPT_P99,
            Metric.FIREHOSE_DIRECT_OBJECT_P50,
            Metric.FIREHOSE_DIRECT_OBJECT_P99,
            Metric.FIREHOSE_STREAM_OBJECT_P50,
            Metric.FIREHOSE_STREAM_OBJECT_P99),
    ANALYTICS_STREAM("analytics-stream", Encoding.CBOR, 4, Metric.ANALYTICS_STREAM),
    /** The same job, whose records are in memory instead of a stream. */
    ANALYTICS_MEMORY("analytics-memory", Encoding.CBOR, 4, Metric.ANALYTICS_MEMORY),
    /** Twenty records a second, one at a time: when the rows of their windows come out. */
    ANALYTICS_RESULT("analytics-result", Encoding.JSON, 1, Metric.ANALYTICS_RESULT_P50, Metric.ANALYTICS_RESULT_P99);

    static final int RECORDS_PER_SECOND = 100;
    static final int CONSUMERS = 20;

    static final int PUT_RECORDS_IN_FLIGHT = 4;
    static final int PUT_RECORD_IN_FLIGHT = 64;

    private final String title;
    private final Encoding encoding;
    private final int shards;
    private final List<Metric> metrics;

    Workload(String title, Encoding encoding, int shards, Metric... metrics) {
        this.title = title;
        this.encoding = encoding;
        this.shards = shards;
        this.metrics = List.of(metrics);
    }

    /** How it is called on the command line. */
    String title() {
        return title;
    }

    Encoding encoding() {
        return encoding;
    }

    /** Small requests and latencies are measured once, in whatever encoding the target does best. */
    boolean encodingMatters() {
        return switch (this) {
            case PUT_RECORDS,
                    PUT_RECORDS_ENCRYPTED,
                    PUT_RECORDS_JSON,
                    PUT_RECORDS_4000,
                    PUT_RECORDS_JSON_4000,
                    PUT_MAXIMUM,
                    DRAIN,
                    DRAIN_JSON -> true;
            case PUT_RECORD,
                    PUT_LATENCY,
                    READ_LATENCY,
                    SUBSCRIBE_LATENCY,
                    FAN_OUT_20,
                    FIREHOSE_S3_GZIP,
                    FIREHOSE_S3_PARQUET,
                    FIREHOSE_FRESHNESS,
                    ANALYTICS_STREAM,
                    ANALYTICS_MEMORY,
                    ANALYTICS_RESULT -> false;
        };
    }

    /** Whether the stream is encrypted at rest; of the targets, only Riacho can do that. */
    boolean isEncrypted() {
        return this == PUT_RECORDS_ENCRYPTED;
    }

    /** Whether it needs enhanced fan-out, which of the Kinesis servers only Riacho has. */
    boolean isFanOut() {
        return this == SUBSCRIBE_LATENCY || this == FAN_OUT_20;
    }

    /** Whether it is Firehose that is under load. */
    boolean isFirehose() {
        return this == FIREHOSE_S3_GZIP || this == FIREHOSE_S3_PARQUET || this == FIREHOSE_FRESHNESS;
    }

    /** Whether it is Analytics that is under load. */
    boolean isAnalytics() {
        return this == ANALYTICS_STREAM || this == ANALYTICS_MEMORY || this == ANALYTICS_RESULT;
    }

    int shards() {
        return shards;
    }

    List<Metric> metrics() {
        return metrics;
    }
}
