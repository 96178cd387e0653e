package io.riacho.benchmarks.load;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Measures how long single records take: until they are acknowledged, and until a reader has them that polls one shard
 * without a pause.
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
    Latencies toReader(int warmUp, int measured, Duration pause) throws IOException {
        int count = warmUp + measured;
        long mark = records.mark();
        List<Request> requests = prepared(mark, count);
        AtomicLongArray sentAt = new AtomicLongArray(count);
        AtomicBoolean stop = new AtomicBoolean();
        Poller poller = new Poller(mark, sentAt, warmUp);
        CompletableFuture<Void> polling = new CompletableFuture<>();
        Thread thread = Thread.ofPlatform().name("poller").start(() -> {
            try {
                poller.run(stop);
                polling.complete(null);
            } catch (IOException | RuntimeException e) {
                polling.completeExceptionally(e);
            }
        });
        try (HttpConnection connection = new HttpConnection(endpoint)) {
            poller.ready.join();
            for (int i = 0; i < count && !polling.isDone(); i++) {
                sentAt.set(i, System.nanoTime());
                Answers.checkOk(connection.exchange(requests.get(i)));
                Pauses.milliseconds(pause.toMillis());
            }
            Pauses.milliseconds(200);
        } finally {
            stop.set(true);
        }
        polling.join();
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (poller.seen != count) {
            throw new IllegalStateException("The reader saw " + poller.seen + " of " + count + " records");
        }
        return poller.latencies;
    }

    private List<Request> prepared(long mark, int count) {
        KinesisRequests requests = new KinesisRequests(endpoint, encoding);
        List<Request> prepared = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            prepared.add(requests.putRecord(stream, records.marked(mark, i)));
        }
        return prepared;
    }

    private final class Poller {

        final CompletableFuture<Void> ready = new CompletableFuture<>();
        final Latencies latencies = new Latencies();
        private final long mark;
        private final AtomicLongArray sentAt;
        private final int warmUp;
        int seen;

        Poller(long mark, AtomicLongArray sentAt, int warmUp) {
            this.mark = mark;
            this.sentAt = sentAt;
            this.warmUp = warmUp;
        }

        void run(AtomicBoolean stop) throws IOException {
            try {
                poll(stop);
            } finally {
                ready.complete(null);
            }
        }

        private void poll(AtomicBoolean stop) throws IOException {
            String iterator;
            try (KinesisClient client = new KinesisClient(endpoint)) {
                String shard = client.shards(stream).getFirst();
                iterator = client.shardIterator(stream, shard, "LATEST");
            }
            KinesisRequests requests = new KinesisRequests(endpoint, encoding);
            GetRecordsAnswer answer = GetRecordsAnswer.in(encoding);
            answer.onData((array, position, length) -> take(begin(array, position)));
            try (HttpConnection connection = new HttpConnection(endpoint)) {
                while (!stop.get()) {
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

        /** At least the first 16 bytes of the data. */
        private ByteBuffer begin(byte[] array, int position) {
            ByteBuffer onWire = ByteBuffer.wrap(array, position, 24);
            return encoding == Encoding.CBOR ? onWire : Base64.getDecoder().decode(onWire);
        }

        private void take(ByteBuffer data) {
            long now = System.nanoTime();
            if (data.getLong() == mark) {
                int number = (int) data.getLong();
                if (seen++ >= warmUp) {
                    latencies.add(now - sentAt.get(number));
                }
            }
        }
    }
}
