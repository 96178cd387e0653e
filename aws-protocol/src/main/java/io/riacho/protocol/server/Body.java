package io.riacho.protocol.server;

/** A request's body in memory that is borrowed, to be closed after use; to be closed again does nothing. */
final class Body implements AutoCloseable {

    private final BodyMemory memory;
    private final long reserved;
    private final byte[] array;
    private final int length;
    private final byte[] hash;
    private boolean closed;

    Body(BodyMemory memory, long reserved, byte[] array, int length, byte[] hash) {
        this.memory = memory;
        this.reserved = reserved;
        this.array = array;
        this.length = length;
        this.hash = hash;
    }

    /** Holds the body from its start. Longer than it. */
    byte[] array() {
        return array;
    }

    int length() {
        return length;
    }

    /** The SHA-256 of the body. */
    byte[] hash() {
        return hash;
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            memory.giveBack(array);
            memory.release(reserved);
        }
    }
}
