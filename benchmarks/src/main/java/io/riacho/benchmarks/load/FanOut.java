package io.riacho.benchmarks.load;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;

/** Many consumers that subscribe to one shard at once, each on a connection of its own. */
final class FanOut {

    private final Endpoint endpoint;
    private final String stream;

    FanOut(Endpoint endpoint, String stream) {
        this.endpoint = endpoint;
        this.stream = stream;
    }

    Throughput run(int count, long records) throws IOException {
        try (KinesisClient client = new KinesisClient(endpoint)) {
            String shard = client.shards(stream).getFirst();
            List<String> consumers = new ArrayList<>();
            try {
                for (int i = 0; i < count; i++) {
                    consumers.add(client.registerConsumer(stream, "reader-" + i + '-' + System.nanoTime()));
                }
                return read(shard, consumers, records);
            } finally {
                for (String consumer : consumers) {
                    client.deregisterConsumer(consumer);
                }
            }
        }
    }

    private Throughput read(String shard, List<String> consumers, long records) throws IOException {
        KinesisRequests requests = new KinesisRequests(endpoint, Encoding.JSON);
        List<Request> prepared = consumers.stream()
                .map(consumer -> requests.subscribeToShard(consumer, shard, "TRIM_HORIZON"))
                .toList();
        AtomicLong given = new AtomicLong();
        List<CompletableFuture<Void>> readers = new ArrayList<>();
        long begin = System.nanoTime();
        for (Request request : prepared) {
            CompletableFuture<Void> done = new CompletableFuture<>();
            readers.add(done);
            Thread.ofPlatform().name("subscriber").daemon().start(() -> {
                try {
                    readAll(request, records, given);
                    done.complete(null);
                } catch (IOException | RuntimeException e) {
                    done.completeExceptionally(e);
                }
            });
        }
        CompletableFuture.allOf(readers.toArray(CompletableFuture[]::new)).join();
        return Throughput.of(given.get(), System.nanoTime() - begin);
    }

    private void readAll(Request request, long records, AtomicLong given) throws IOException {
        long[] left = {records};
        EventStream[] events = new EventStream[1];
        try (EventStream subscribed = new EventStream(endpoint, request, (array, position, length) -> {
            given.incrementAndGet();
            if (--left[0] == 0) {
                events[0].end();
            }
        })) {
            events[0] = subscribed;
            subscribed.read();
        }
        if (left[0] > 0) {
            throw new IllegalStateException("The subscription ended before " + left[0] + " records");
        }
    }
}
