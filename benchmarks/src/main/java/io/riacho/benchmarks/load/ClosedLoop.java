package io.riacho.benchmarks.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps one request in flight on each of a number of connections, from one thread: with as few wake-ups and copies as
 * possible, so that the processor time goes to the server. Not thread-safe.
 */
final class ClosedLoop {

    private static final int STAGING_BYTES = 1 << 18;
    private static final long STUCK_NANOSECONDS = 30_000_000_000L;

    private final Endpoint endpoint;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(STAGING_BYTES);

    ClosedLoop(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** How long to run: until the time is over, or until so many records went through. */
    record Limits(Duration warmUp, Duration measured, long records) {
        static Limits of(Duration warmUp, Duration measured) {
            return new Limits(warmUp, measured, Long.MAX_VALUE);
        }

        static Limits untilRecords(long records, Duration atMost) {
            return new Limits(Duration.ZERO, atMost, records);
        }
    }

    /**
     * Each connection has a clock of its own, which starts with its first answer after the warm-up and stops with its last
     * one: so slow requests, and answers that come in bursts, are not miscounted. The run goes on until each connection
     * had an answer that counts.
     */
    Throughput run(List<? extends Exchange> exchanges, Limits limits) throws IOException {
        try (Selector selector = Selector.open()) {
            try {
                for (Exchange exchange : exchanges) {
                    new Connection(endpoint, selector, exchange).sendNext();
                }
                return loop(selector, limits);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private Throughput loop(Selector selector, Limits limits) throws IOException {
        long begin = System.nanoTime();
        long warmUntil = begin + limits.warmUp().toNanos();
        long end = warmUntil + limits.measured().toNanos();
        if (limits.warmUp().isZero()) {
            connections(selector).forEach(connection -> connection.startClock(begin));
        }
        long records = 0;
        while (true) {
            if (selector.select(1_000) == 0 && System.nanoTime() > end + STUCK_NANOSECONDS) {
                throw new IllegalStateException("No answer for 30 seconds");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (key.isWritable()) {
                    connection.send();
                }
                if (key.isReadable() && connection.receive(staging)) {
                    long now = System.nanoTime();
                    records += connection.answered(now, warmUntil);
                    if (records >= limits.records() || now >= end && allCounted(selector)) {
                        return connections(selector)
                                .map(Connection::throughput)
                                .reduce(Throughput.of(0, 0), Throughput::and);
                    }
                    connection.sendNext();
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private static boolean allCounted(Selector selector) {
        return connections(selector).allMatch(Connection::hasCounted);
    }

    private static Stream<Connection> connections(Selector selector) {
        return selector.keys().stream().filter(SelectionKey::isValid).map(key -> (Connection) key.attachment());
    }

    private static final class Connection {

        final Exchange exchange;
        final ResponseReader response = new ResponseReader();
        private final Endpoint endpoint;
        private final Selector selector;
        private SelectionKey key;
        private ByteBuffer unsent = ByteBuffer.allocate(0);
        private boolean clockRuns;
        private long firstAnswer;
        private long lastAnswer;
        private long records;

        Connection(Endpoint endpoint, Selector selector, Exchange exchange) throws IOException {
            this.endpoint = endpoint;
            this.selector = selector;
            this.exchange = exchange;
            key = connect();
        }

        private SelectionKey connect() throws IOException {
            SocketChannel channel = SocketChannel.open(endpoint.address());
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.configureBlocking(false);
            return channel.register(selector, SelectionKey.OP_READ, this);
        }

        void sendNext() throws IOException {
            if (response.closing()) {
                key.channel().close();
                key = connect();
            }
            response.reset();
            unsent = exchange.next().toSend();
            send();
        }

        void send() throws IOException {
            channel().write(unsent);
            int wanted = unsent.hasRemaining() ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
        }

        boolean receive(ByteBuffer staging) throws IOException {
            while (true) {
                staging.clear();
                int read = channel().read(staging);
                if (read < 0) {
                    throw new IOException("The server closed the connection in the middle of an exchange");
                }
                if (read == 0) {
                    return false;
                }
                if (response.feed(staging.flip())) {
                    return true;
                }
            }
        }

        void startClock(long now) {
            clockRuns = true;
            firstAnswer = now;
            lastAnswer = now;
        }

        /** How many records of the answer count. */
        int answered(long now, long warmUntil) {
            int answered = exchange.answered(response);
            if (clockRuns) {
                records += answered;
                lastAnswer = now;
                return answered;
            }
            if (now >= warmUntil) {
                startClock(now);
            }
            return 0;
        }

        boolean hasCounted() {
            return lastAnswer > firstAnswer;
        }

        Throughput throughput() {
            return Throughput.of(records, lastAnswer - firstAnswer);
        }

        private SocketChannel channel() {
            return (SocketChannel) key.channel();
        }
    }
}
