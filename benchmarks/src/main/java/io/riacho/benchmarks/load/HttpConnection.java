package io.riacho.benchmarks.load;

import java.io.IOException;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import org.jspecify.annotations.Nullable;

/** One request and its answer at a time, blocking. Connects when first used, and again where it must. Not thread-safe. */
final class HttpConnection implements AutoCloseable {

    private final Endpoint endpoint;
    private final ByteBuffer staging = ByteBuffer.allocateDirect(1 << 16);
    private final ResponseReader response = new ResponseReader();
    private @Nullable SocketChannel channel;

    HttpConnection(Endpoint endpoint) {
        this.endpoint = endpoint;
    }

    /** @return the answer, valid until the next exchange */
    ResponseReader exchange(Request request) throws IOException {
        SocketChannel open = channel;
        if (open == null) {
            open = SocketChannel.open(endpoint.address());
            open.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel = open;
        }
        try {
            response.reset();
            ByteBuffer bytes = request.toSend();
            while (bytes.hasRemaining()) {
                open.write(bytes);
            }
            do {
                staging.clear();
                if (open.read(staging) < 0) {
                    throw new IOException("The server closed the connection");
                }
            } while (!response.feed(staging.flip()));
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
        if (response.closing()) {
            close();
        }
        return response;
    }

    @Override
    public void close() throws IOException {
        SocketChannel open = channel;
        channel = null;
        if (open != null) {
            open.close();
        }
    }
}
