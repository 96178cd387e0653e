package io.riacho.log;

import java.io.Closeable;
import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;

/**
 * An open file. Any thread may read at any time, also one that is interrupted; writing, forcing and truncating are for
 * one thread at a time that nobody interrupts.
 */
interface DiskFile extends Closeable {

    /**
     * Reads as many bytes as the buffer has room for.
     *
     * @return how many there were; fewer than asked for only at the end of the file
     */
    int read(ByteBuffer into, long position) throws IOException;

    /** Writes all that remains in the buffers, one after the other. */
    void write(ByteBuffer[] from, int count, long position) throws IOException;

    default void write(ByteBuffer from, long position) throws IOException {
        write(new ByteBuffer[] {from}, 1, position);
    }

    /** The file's content, without copying it, until the arena is closed. */
    ByteBuffer map(Arena arena) throws IOException;

    /** Makes the content, and the length, durable. */
    void force() throws IOException;

    long size() throws IOException;

    void truncate(long size) throws IOException;

    @Override
    void close() throws IOException;
}
