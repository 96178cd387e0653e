package io.riacho.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedChannelException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.jspecify.annotations.Nullable;

/**
 * A file of the file system. Reads go through a channel of their own: an interrupt closes the channel that its thread
 * reads from, for everybody, so readers open it again; the writer's channel must never suffer that.
 */
final class RealDiskFile implements DiskFile {

    /** The JDK keeps a direct buffer of the largest read's size for each thread that reads; so reads are cut. */
    private static final int LARGEST_READ = 256 << 10;

    private final Path path;
    private volatile @Nullable FileChannel writer;
    private volatile @Nullable FileChannel reader;
    private volatile boolean closed;

    /** @param writer null to open one when it is needed */
    RealDiskFile(Path path, @Nullable FileChannel writer) {
        this.path = path;
        this.writer = writer;
    }

    @Override
    public int read(ByteBuffer into, long position) throws IOException {
        boolean interrupted = false;
        try {
            int start = into.position();
            int end = into.limit();
            while (into.position() < end) {
                FileChannel channel = reader();
                long from = position + into.position() - start;
                try {
                    into.limit(Math.min(end, into.position() + LARGEST_READ));
                    if (channel.read(into, from) < 0) {
                        break;
                    }
                } catch (ClosedChannelException e) {
                    interrupted |= Thread.interrupted();
                } finally {
                    into.limit(end);
                }
            }
            return into.position() - start;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    private FileChannel reader() throws IOException {
        FileChannel channel = reader;
        return channel != null && channel.isOpen() ? channel : openReader();
    }

    private synchronized FileChannel openReader() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        FileChannel channel = reader;
        if (channel == null || !channel.isOpen()) {
            channel = FileChannel.open(path, StandardOpenOption.READ);
            reader = channel;
        }
        return channel;
    }

    private FileChannel writer() throws IOException {
        FileChannel channel = writer;
        return channel != null ? channel : openWriter();
    }

    private synchronized FileChannel openWriter() throws IOException {
        if (closed) {
            throw new ClosedChannelException();
        }
        FileChannel channel = writer;
        if (channel == null) {
            channel = FileChannel.open(path, StandardOpenOption.WRITE);
            writer = channel;
        }
        return channel;
    }

    @Override
    public void write(ByteBuffer[] from, int count, long position) throws IOException {
        FileChannel channel = writer();
        channel.position(position);
        int first = 0;
        while (first < count) {
            channel.write(from, first, count - first);
            while (first < count && !from[first].hasRemaining()) {
                first++;
            }
        }
    }

    @Override
    public ByteBuffer map(Arena arena) throws IOException {
        FileChannel channel = reader();
        return channel.map(FileChannel.MapMode.READ_ONLY, 0, channel.size(), arena)
                .asByteBuffer();
    }

    @Override
    public void force() throws IOException {
        writer().force(false);
    }

    @Override
    public long size() throws IOException {
        return reader().size();
    }

    @Override
    public void truncate(long size) throws IOException {
        writer().truncate(size);
    }

    @Override
    public void close() throws IOException {
        FileChannel read;
        FileChannel write;
        synchronized (this) {
            closed = true;
            read = reader;
            write = writer;
        }
        try (read;
                write) {
            reader = null;
        }
    }
}
