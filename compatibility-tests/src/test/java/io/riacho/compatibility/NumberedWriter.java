package io.riacho.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;

/**
 * Writes records steadily, whether the server is there or not. No number is ever sent twice, so that a reader who finds one twice knows
 * that it was not the writer.
 */
final class NumberedWriter implements AutoCloseable {

    /** @param number rises within a key */
    record Numbered(String key, int number) {

        private static final Pattern LINE = Pattern.compile("\\{\"key\":\"([^\"]+)\",\"number\":(\\d+)}");

        static Numbered of(String line) {
            Matcher matcher = LINE.matcher(line);
            if (!matcher.matches()) {
                throw new AssertionError("No record of the writer's: " + line);
            }
            return new Numbered(matcher.group(1), Integer.parseInt(matcher.group(2)));
        }

        String line() {
            return "{\"key\":\"" + key + "\",\"number\":" + number + "}";
        }
    }

    private static final int KEYS = 20;
    private static final int PAUSE_MILLIS = 20;

    private final KinesisClient client;
    private final String stream;
    private final AtomicInteger next = new AtomicInteger();
    private final Set<Numbered> acknowledged = ConcurrentHashMap.newKeySet();
    private final ExecutorService thread = Executors.newVirtualThreadPerTaskExecutor();
    private final Future<?> running;
    private volatile boolean stopped;

    private NumberedWriter(KinesisClient client, String stream) {
        this.client = client;
        this.stream = stream;
        this.running = thread.submit(this::write);
    }

    /** @param client one that does not try again */
    static NumberedWriter started(KinesisClient client, String stream) {
        return new NumberedWriter(client, stream);
    }

    /** Waits until so many more records were acknowledged than are now. */
    void awaitMore(int records) {
        int enough = acknowledged.size() + records;
        Pause.until(records + " more records were written", () -> {
            if (running.isDone()) {
                stop();
            }
            return acknowledged.size() >= enough;
        });
    }

    /** What was acknowledged until now. */
    Set<Numbered> acknowledged() {
        return Set.copyOf(acknowledged);
    }

    /** Ends it, and returns what was acknowledged. */
    Set<Numbered> stop() {
        stopped = true;
        try {
            running.get();
        } catch (ExecutionException e) {
            throw new AssertionError(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return Set.copyOf(acknowledged);
    }

    /** All numbers below it were sent, whatever became of them. */
    int sent() {
        return next.get();
    }

    @Override
    public void close() {
        stopped = true;
        thread.close();
    }

    private void write() {
        while (!stopped) {
            List<Numbered> batch = IntStream.range(0, KEYS)
                    .mapToObj(key -> new Numbered("key-" + key, next.getAndIncrement()))
                    .toList();
            List<PutRecordsRequestEntry> entries = new ArrayList<>();
            batch.forEach(record -> entries.add(TestStreams.entry(record.key(), record.line() + "\n")));
            try {
                List<PutRecordsResultEntry> results = client.putRecords(
                                request -> request.streamName(stream).records(entries))
                        .records();
                for (int i = 0; i < batch.size(); i++) {
                    if (results.get(i).errorCode() == null) {
                        acknowledged.add(batch.get(i));
                    }
                }
            } catch (SdkException e) {
                // Nobody knows whether they are stored: they may come, once.
            }
            Pause.milliseconds(PAUSE_MILLIS);
        }
    }
}
