package io.riacho.compatibility;

import java.math.BigInteger;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkClientException;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Writers that count: each owns some partition keys, and writes 0, 1, 2, … under each key in batches that hold each key once. A batch
 * is repeated for the records that failed before the next one is sent, so that what a reader sees under one key must count up.
 */
final class OrderedWriters implements AutoCloseable {

    private static final int WRITERS = 4;
    private static final int KEYS_OF_A_WRITER = 10;
    private static final int PADDING = 200;

    /** A record that the server has acknowledged. */
    record Acknowledged(String shardId, BigInteger sequenceNumber, String partitionKey, int number) {}

    private final KinesisAsyncClient client;
    private final String stream;
    private final long nanosecondsOfABatch;
    private final Map<String, Integer> counts = new ConcurrentHashMap<>();
    private final List<Acknowledged> acknowledged = Collections.synchronizedList(new ArrayList<>());
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Future<?>> running;
    private volatile boolean stopped;

    private OrderedWriters(KinesisAsyncClient client, String stream, long nanosecondsOfABatch) {
        this.client = client;
        this.stream = stream;
        this.nanosecondsOfABatch = nanosecondsOfABatch;
        this.running = IntStream.range(0, WRITERS)
                .<Future<?>>mapToObj(writer -> threads.submit(() -> write(writer)))
                .toList();
    }

    static OrderedWriters started(KinesisAsyncClient client, String stream) {
        return new OrderedWriters(client, stream, 0);
    }

    /**
     * Writers that keep to a pace, and sit out a server that is away. What such a server was sent it may have stored without an answer,
     * so that a number may be there twice, one right behind the other.
     */
    static OrderedWriters steady(KinesisAsyncClient client, String stream, int recordsASecond) {
        return new OrderedWriters(
                client, stream, TimeUnit.SECONDS.toNanos(1) * WRITERS * KEYS_OF_A_WRITER / recordsASecond);
    }

    int count() {
        return acknowledged.size();
    }

    /** Waits until so many more records were acknowledged than are now. */
    void awaitMore(int records) {
        int enough = count() + records;
        Duration limit = Duration.ofMinutes(1).plus(Duration.ofMillis(5L * records));
        Pause.until(records + " more records were written", limit, () -> {
            running.stream().filter(Future::isDone).forEach(OrderedWriters::rethrow);
            return count() >= enough;
        });
    }

    /** Ends the writers, and returns what was acknowledged: everything, in no order over the keys. */
    List<Acknowledged> stop() {
        stopped = true;
        running.forEach(OrderedWriters::rethrow);
        return List.copyOf(acknowledged);
    }

    /** Waits for writers whose server was taken away, and returns what was acknowledged to them before. */
    List<Acknowledged> awaitFailure() {
        stopped = true;
        for (Future<?> writer : running) {
            try {
                writer.get();
            } catch (ExecutionException e) {
                if (!(e.getCause() instanceof SdkException)) {
                    throw new AssertionError(e.getCause());
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return List.copyOf(acknowledged);
    }

    /** How many records each key has. */
    Map<String, Integer> counts() {
        return new TreeMap<>(counts);
    }

    @Override
    public void close() {
        stopped = true;
        threads.close();
    }

    static String text(int number) {
        return number + " " + "x".repeat(PADDING);
    }

    static int number(String text) {
        return Integer.parseInt(text.substring(0, text.indexOf(' ')));
    }

    private void write(int writer) {
        List<String> keys = IntStream.range(0, KEYS_OF_A_WRITER)
                .mapToObj(key -> "writer-" + writer + "-key-" + key)
                .toList();
        long start = System.nanoTime();
        for (int number = 0; !stopped; number++) {
            List<String> left = keys;
            while (!left.isEmpty()) {
                left = putAndReturnFailed(left, number);
            }
            long ahead = start + (number + 1) * nanosecondsOfABatch - System.nanoTime();
            if (isSteady() && ahead > 0) {
                Pause.milliseconds(TimeUnit.NANOSECONDS.toMillis(ahead));
            }
        }
    }

    private boolean isSteady() {
        return nanosecondsOfABatch > 0;
    }

    private List<String> putAndReturnFailed(List<String> keys, int number) {
        List<PutRecordsRequestEntry> entries = keys.stream()
                .map(key -> PutRecordsRequestEntry.builder()
                        .partitionKey(key)
                        .data(SdkBytes.fromUtf8String(text(number)))
                        .build())
                .toList();
        PutRecordsResponse answer;
        try {
            answer = client.putRecords(request -> request.streamName(stream).records(entries))
                    .join();
        } catch (CompletionException e) {
            if (isSteady() && e.getCause() instanceof SdkClientException) {
                Pause.milliseconds(100);
                return keys;
            }
            throw e.getCause() instanceof SdkException failure ? failure : e;
        }
        List<String> failed = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            PutRecordsResultEntry result = answer.records().get(i);
            String key = keys.get(i);
            if (result.errorCode() != null) {
                failed.add(key);
            } else {
                acknowledged.add(
                        new Acknowledged(result.shardId(), new BigInteger(result.sequenceNumber()), key, number));
                counts.put(key, number + 1);
            }
        }
        return failed;
    }

    private static void rethrow(Future<?> writer) {
        try {
            writer.get();
        } catch (ExecutionException e) {
            throw new AssertionError("A writer failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
