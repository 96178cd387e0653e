package io.riacho.benchmarks.analytics;

import io.riacho.benchmarks.load.Endpoint;
import io.riacho.benchmarks.load.KinesisClient;
import io.riacho.benchmarks.load.Latencies;
import io.riacho.benchmarks.load.Pace;
import java.io.IOException;
import java.time.Duration;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesisanalytics.model.InputStartingPosition;

/**
 * Puts records at a light, steady rate to the stream that an application reads, and sees when the rows of its windows are in its output.
 * Not thread-safe.
 */
final class ResultProbe {

    static final int RECORDS_PER_SECOND = 20;

    private static final Duration FIRST_RESULT = Duration.ofSeconds(60);
    private static final Duration ALL_RESULTS = Duration.ofMinutes(5);
    private static final long POLL_MILLISECONDS = 1;

    private final Endpoint server;
    private final Applications applications;

    ResultProbe(Endpoint server, Applications applications) {
        this.server = server;
        this.applications = applications;
    }

    Latencies measure(int warmUp, int measured) throws IOException {
        String name = "benchmark-" + UUID.randomUUID().toString().substring(0, 8);
        String output = name + "-out";
        try (KinesisClient kinesis = new KinesisClient(server)) {
            kinesis.createStream(name, 1);
            kinesis.createStream(output, 1);
            try {
                applications.start(name, name, output, InputStartingPosition.NOW);
                try {
                    return measure(name, output, warmUp, measured);
                } finally {
                    applications.delete(name);
                }
            } finally {
                kinesis.deleteStream(output);
                kinesis.deleteStream(name);
            }
        }
    }

    /** A first record is waited for: by then all is running. */
    private Latencies measure(String input, String output, int warmUp, int measured) throws IOException {
        Rows rows = new Rows(applications.kinesis(), output);
        Ticks ticks = new Ticks();
        Seen seen = new Seen();
        put(input, ticks.next());
        rows.read(seen::add, () -> seen.records > 0, POLL_MILLISECONDS, FIRST_RESULT);
        int all = warmUp + measured;
        Latencies latencies = new Latencies();
        try (var threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<?> putting = threads.submit(() -> {
                Pace pace = Pace.of(RECORDS_PER_SECOND);
                long begin = System.nanoTime();
                for (int i = 0; i < all; i++) {
                    put(input, ticks.next());
                    pace.await(begin, i + 1);
                }
            });
            rows.read(
                    row -> {
                        long now = System.currentTimeMillis();
                        // The last record of the warm-up may share its window with measured ones.
                        if (seen.records > warmUp) {
                            latencies.add((now - row.ends()) * 1_000_000);
                        }
                        seen.add(row);
                    },
                    () -> seen.records == all + 1,
                    POLL_MILLISECONDS,
                    ALL_RESULTS);
            putting.get();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
        } catch (ExecutionException e) {
            throw new IOException(e.getCause());
        }
        return latencies;
    }

    private void put(String stream, byte[] tick) {
        applications
                .kinesis()
                .putRecord(request ->
                        request.streamName(stream).partitionKey("key").data(SdkBytes.fromByteArrayUnsafe(tick)));
    }

    private static final class Seen {

        private long records;

        void add(Row row) {
            records += row.ticks();
        }
    }
}
