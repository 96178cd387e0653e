package io.riacho.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLongArray;
import org.jspecify.annotations.Nullable;

/**
 * Measures how long single records take: until they are acknowledged, and until a reader has them that polls one shard
 * without a pause, or that has subscribed to it.
 */
final class LatencyProbe {

    private final Endpoint endpoint;
    private final Encoding encoding;
    private final String stream;
    private final Records records = new Records();

    /** @param stream with one shard */
    LatencyProbe(Endpoint endpoint, Encoding encoding, String stream) {
        this.endpoint = endpoint;
        this.encoding = encoding;
        this.stream = stream;
    }

    /** One record after another, without a pause: from the send to the acknowledgement. */
    Latencies acknowledged(Duration warmUp, Duration measured) throws IOException {
        List<Request> requests = prepared(0, 256);
        Latencies latencies = new Latencies();
        try (HttpConnection connection = new HttpConnection(endpoint)) {
            long begin = System.nanoTime();
            long warmUntil = begin + warmUp.toNanos();
            long end = warmUntil + measured.toNanos();
            long sent = begin;
            for (int i = 0; sent < end || latencies.size() == 0; i++) {
                Answers.checkOk(connection.exchange(requests.get(i % requests.size())));
                long now = System.nanoTime();
                if (sent >= warmUntil) {
                    latencies.add(now - sent);
                }
                sent = now;
            }
        }
        return latencies;
    }

    /** One record every few milliseconds: from its send to the moment when a tightly polling reader has it. */
    Latencies toReader(int warmUp, int measured, Pace pace) throws IOException {
        return toReader(warmUp, measured, pace, new Poller());
    }

    /** The same to a subscription of enhanced fan-out. */
    Latencies toSubscriber(int warmUp, int measured, Pace pace) throws IOException {
        return toReader(warmUp, measured, pace, new Subscriber());
    }

    private Latencies toReader(int warmUp, int measured, Pace pace, Reader reader) throws IOException {
        int count = warmUp + measured;
        long mark = records.mark();
        List<Request> requests = prepared(mark, count);
        Arrivals arrivals = new Arrivals(mark, count, warmUp);
        CompletableFuture<Void> ready = new CompletableFuture<>();
        CompletableFuture<Void> reading = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name("reader").start(() -> {
            try {
                reader.read(arrivals, ready);
                reading.complete(null);
            } catch (IOException | RuntimeException e) {
                reading.completeExceptionally(e);
                ready.completeExceptionally(e);
            }
        });
        try (HttpConnection connection = new HttpConnection(endpoint)) {
            ready.join();
            long begin = System.nanoTime();
            for (int i = 0; i < count && !reading.isDone(); i++) {
                arrivals.sent(i);
                Answers.checkOk(connection.exchange(requests.get(i)));
                pace.await(begin, i + 1);
            }
            Pauses.milliseconds(200);
        } finally {
            reader.stop();
        }
        reading.join();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return arrivals.latencies();
    }

    private List<Request> prepared(long mark, int count) {
        KinesisRequests requests = new KinesisRequests(endpoint, encoding);
        List<Request> prepared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            prepared.add(requests.putRecord(stream, records.marked(mark, i)));
        }
        return prepared;
    }

    /** Has the records of the only shard as soon as it can. */
    private interface Reader {

        /** @param ready completed once no record is missed any more */
        void read(Arrivals arrivals, CompletableFuture<Void> ready) throws IOException;

        /** Called by another thread. */
        void stop() throws IOException;
    }

    private final class Poller implements Reader {

        private volatile boolean stopped;

        @Override
        public void read(Arrivals arrivals, CompletableFuture<Void> ready) throws IOException {
            String iterator;
            try (KinesisClient client = new KinesisClient(endpoint)) {
                String shard = client.shards(stream).getFirst();
                iterator = client.shardIterator(stream, shard, "LATEST");
            }
            KinesisRequests requests = new KinesisRequests(endpoint, encoding);
            GetRecordsAnswer answer = GetRecordsAnswer.in(encoding);
            answer.onData((array, position, length) -> arrivals.take(begin(encoding, array, position)));
            try (HttpConnection connection = new HttpConnection(endpoint)) {
                while (!stopped) {
                    answer.read(connection.exchange(requests.getRecords(iterator, 10_000)));
                    String next = answer.nextShardIterator;
                    if (next == null) {
                        throw new IllegalStateException("The shard was closed while it was read");
                    }
                    iterator = next;
                    ready.complete(null);
                }
            }
        }

        @Override
        public void stop() {
            stopped = true;
        }
    }

    /** In JSON, as the SDKs subscribe. */
    private final class Subscriber implements Reader {

        private volatile @Nullable EventStream events;
        private volatile boolean stopped;

        @Override
        public void read(Arrivals arrivals, CompletableFuture<Void> ready) throws IOException {
            try (KinesisClient client = new KinesisClient(endpoint)) {
                String consumer = client.registerConsumer(stream, "reader-" + System.nanoTime());
                Request request = new KinesisRequests(endpoint, Encoding.JSON)
                        .subscribeToShard(consumer, client.shards(stream).getFirst(), "LATEST");
                try (EventStream subscribed = new EventStream(
                        endpoint,
                        request,
                        (array, position, length) -> arrivals.take(begin(Encoding.JSON, array, position)))) {
                    events = subscribed;
                    CompletableFuture<Void> unused = subscribed.begun().whenComplete((begun, failure) -> {
                        if (failure == null) {
                            ready.complete(null);
                        } else {
                            ready.completeExceptionally(failure);
                        }
                    });
                    if (!stopped) {
                        subscribed.read();
                    }
                } finally {
                    client.deregisterConsumer(consumer);
                }
            }
        }

        @Override
        public void stop() throws IOException {
            stopped = true;
            EventStream subscribed = events;
            if (subscribed != null) {
                subscribed.close();
            }
        }
    }

    /** At least the first 16 bytes of the data. */
    private static ByteBuffer begin(Encoding encoding, byte[] array, int position) {
        ByteBuffer onWire = ByteBuffer.wrap(array, position, 24);
        return encoding == Encoding.CBOR ? onWire : Base64.getDecoder().decode(onWire);
    }

    /** When each record was sent, and how long it took. Sent by one thread, taken by one other. */
    private static final class Arrivals {

        private final long mark;
        private final AtomicLongArray sentAt;
        private final int warmUp;
        private final Latencies latencies = new Latencies();
        private int seen;

        Arrivals(long mark, int count, int warmUp) {
            this.mark = mark;
            this.sentAt = new AtomicLongArray(count);
            this.warmUp = warmUp;
        }

        void sent(int number) {
            sentAt.set(number, System.nanoTime());
        }

        void take(ByteBuffer data) {
            long now = System.nanoTime();
            if (data.getLong() == mark) {
                int number = (int) data.getLong();
                if (seen++ >= warmUp) {
                    latencies.add(now - sentAt.get(number));
                }
            }
        }

        /** To be asked for once the reader has stopped. */
        Latencies latencies() {
            if (seen != sentAt.length()) {
                throw new IllegalStateException("The reader saw " + seen + " of " + sentAt.length() + " records");
            }
            return latencies;
        }
    }
}
