package io.riacho.benchmarks.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.SocketChannel;
import java.util.concurrent.CompletableFuture;

/**
 * One SubscribeToShard over HTTP/1.1, whose records are taken as they come. Read by one thread; another may close it, which
 * ends the reading.
 */
final class EventStream implements AutoCloseable {

    private final SocketChannel channel;
    private final Request request;
    private final GetRecordsAnswer records = GetRecordsAnswer.in(Encoding.JSON);
    private final CompletableFuture<Void> begun = new CompletableFuture<>();
    private volatile boolean closed;

    EventStream(Endpoint endpoint, Request request, GetRecordsAnswer.DataSink sink) throws IOException {
        this.request = request;
        channel = SocketChannel.open(endpoint.address());
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        records.onData(sink);
    }

    /** Completed once the subscription has begun; failed where it did not. */
    CompletableFuture<Void> begun() {
        return begun;
    }

    /** Reads until the server ends the subscription, or this is closed. */
    void read() throws IOException {
        EventFrames frames = new EventFrames(this::take);
        ChunkedAnswer answer = new ChunkedAnswer(frames::feed);
        ByteBuffer staging = ByteBuffer.allocateDirect(1 << 18);
        try {
            ByteBuffer bytes = request.toSend();
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
            while (!closed && !answer.isComplete() && channel.read(staging.clear()) >= 0) {
                answer.feed(staging.flip());
            }
        } catch (ClosedChannelException e) {
            if (!closed) {
                throw e;
            }
        } catch (IOException | RuntimeException e) {
            begun.completeExceptionally(e);
            throw e;
        } finally {
            begun.completeExceptionally(new IOException("The server ended the answer"));
        }
    }

    private void take(String type, byte[] array, int from, int to) {
        switch (type) {
            case "initial-response" -> begun.complete(null);
            case "SubscribeToShardEvent" -> records.read(array, from, to);
            default -> throw new IllegalStateException("The server sent " + type);
        }
    }

    /** Says, by the reading thread, that nothing more is wanted. */
    void end() {
        closed = true;
    }

    @Override
    public void close() throws IOException {
        closed = true;
        channel.close();
    }
}
