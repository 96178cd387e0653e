package io.riacho.firehose.directput;

import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.metrics.history.Dimension;
import io.riacho.metrics.history.Metric;
import io.riacho.metrics.history.MetricHistory;
import io.riacho.metrics.history.Samples;
import io.riacho.metrics.history.Tally;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Predicate;

/**
 * Counts what is put, under CloudWatch's names. Counts are added up, and taken over into the history by {@link #takeOver}:
 * adding to it with each request would cost more than the request's own work. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/firehose/latest/dev/monitoring-with-cloudwatch-metrics.html">Monitor Amazon Data
 *     Firehose with CloudWatch metrics</a>
 */
public final class PutMetrics implements PutListener {

    private static final String NAMESPACE = "AWS/Firehose";
    private static final String COUNT = "Count";
    private static final String BYTES = "Bytes";
    private static final String BATCH = "PutRecordBatch";

    private final MetricHistory history;
    private final InstantSource clock;
    private final Map<UUID, Counted> streams = new ConcurrentHashMap<>();

    public PutMetrics(MetricHistory history, InstantSource clock) {
        this.history = history;
        this.clock = clock;
    }

    @Override
    public void put(DeliveryStream stream, String operation, int records, long bytes, int failed) {
        Counted counted = streams.get(stream.id());
        if (counted == null) {
            counted = streams.computeIfAbsent(stream.id(), _ -> new Counted(stream.name()));
        }
        counted.add(operation.equals(BATCH), records, bytes, failed);
    }

    /**
     * Takes over what was put since this was called last. To be called by one thread, every few seconds.
     *
     * @param isThere whether there is still such a delivery stream; others are forgotten
     */
    public void takeOver(Predicate<UUID> isThere) {
        Instant now = clock.instant();
        streams.forEach((id, counted) -> {
            counted.takeOver(now);
            if (!isThere.test(id)) {
                streams.remove(id);
            }
        });
    }

    /** Of one delivery stream. */
    private final class Counted {

        private final List<Measure> all = new ArrayList<>();
        private final Dimension stream;
        private final Tally requests;
        private final Tally records;
        private final Tally bytes;
        private final Tally throttled;
        private final Tally singleRequests;
        private final Tally singleBytes;
        private final Tally batchRequests;
        private final Tally batchBytes;
        private final Tally batchRecords;

        Counted(String name) {
            stream = new Dimension("DeliveryStreamName", name);
            requests = measure("IncomingPutRequests", COUNT);
            records = measure("IncomingRecords", COUNT);
            bytes = measure("IncomingBytes", BYTES);
            throttled = measure("ThrottledRecords", COUNT);
            singleRequests = measure("PutRecord.Requests", COUNT);
            singleBytes = measure("PutRecord.Bytes", BYTES);
            batchRequests = measure(BATCH + ".Requests", COUNT);
            batchBytes = measure(BATCH + ".Bytes", BYTES);
            batchRecords = measure(BATCH + ".Records", COUNT);
        }

        void add(boolean batch, int recordsPut, long bytesPut, int failed) {
            requests.add(1);
            records.add(recordsPut - failed);
            bytes.add(bytesPut);
            if (failed > 0) {
                throttled.add(failed);
            }
            if (batch) {
                batchRequests.add(1);
                batchBytes.add(bytesPut);
                batchRecords.add(recordsPut);
            } else {
                singleRequests.add(1);
                singleBytes.add(bytesPut);
            }
        }

        void takeOver(Instant now) {
            for (Measure measure : all) {
                Tally.Taken taken = measure.tally.take();
                if (taken != null) {
                    history.addOwn(
                            measure.key, Samples.ofSet(taken.count(), taken.sum(), taken.least(), taken.most()), now);
                }
            }
        }

        private Tally measure(String name, String unit) {
            Tally tally = new Tally();
            all.add(new Measure(new MetricHistory.Key(Metric.of(NAMESPACE, name, stream), unit), tally));
            return tally;
        }
    }

    private record Measure(MetricHistory.Key key, Tally tally) {}
}
