package io.riacho.benchmarks.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.List;

/**
 * Keeps one request in flight on each of a number of connections, from one thread: with as few wake-ups and copies as
 * possible, so that the processor time goes to the server. Not thread-safe.
 */
final class ClosedLoop {

    private static final int STAGING_BYTES = 1 << 18;

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
     * The clock starts with the first answer after the warm-up and stops with an answer, so that requests that take as
     * long as the whole run are not miscounted.
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
        long warmUntil = limits.warmUp().toNanos();
        long end = warmUntil + limits.measured().toNanos();
        long started = limits.warmUp().isZero() ? 0 : -1;
        long records = 0;
        while (true) {
            if (selector.select(1_000) == 0 && System.nanoTime() - begin > end + 30_000_000_000L) {
                throw new IllegalStateException("No answer for 30 seconds");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                Connection connection = (Connection) key.attachment();
                if (key.isWritable()) {
                    connection.send();
                }
                if (key.isReadable() && connection.receive(staging)) {
                    int answered = connection.exchange.answered(connection.response);
                    long now = System.nanoTime() - begin;
                    if (started >= 0) {
                        records += answered;
                        if (now >= end || records >= limits.records()) {
                            return new Throughput(records, now - started);
                        }
                    } else if (now >= warmUntil) {
                        started = now;
                    }
                    connection.sendNext();
                }
            }
            selector.selectedKeys().clear();
        }
    }

    private static final class Connection {

        final Exchange exchange;
        final ResponseReader response = new ResponseReader();
        private final Endpoint endpoint;
        private final Selector selector;
        private SelectionKey key;
        private ByteBuffer unsent = ByteBuffer.allocate(0);

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

        private SocketChannel channel() {
            return (SocketChannel) key.channel();
        }
    }
}
