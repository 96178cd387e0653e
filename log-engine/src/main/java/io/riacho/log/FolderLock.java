package io.riacho.log;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Keeps a second process, and a second log of this process, out of a folder. */
final class FolderLock implements AutoCloseable {

    private static final String NAME = "lock";

    private final Path file;
    private final FileChannel channel;
    private final FileLock lock;
    private final @Nullable Object key;

    private FolderLock(Path file, FileChannel channel, FileLock lock) throws IOException {
        this.file = file;
        this.channel = channel;
        this.lock = lock;
        this.key = keyOf(file);
    }

    static FolderLock of(Path folder) throws IOException {
        Path file = folder.resolve(NAME);
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        FileLock lock = tryLock(channel);
        if (lock == null) {
            channel.close();
            throw new LogFailedException("The folder " + folder.toAbsolutePath()
                    + " is in use by another server. Stop that one, or give this one a folder of its own.");
        }
        return new FolderLock(file, channel, lock);
    }

    /** False once the file is another one than was locked: a second process could lock that one. */
    boolean isHeld() {
        try {
            return lock.isValid() && Objects.equals(key, keyOf(file));
        } catch (IOException e) {
            return false;
        }
    }

    /** Null where the file system has no such keys. */
    private static @Nullable Object keyOf(Path file) throws IOException {
        return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
    }

    private static @Nullable FileLock tryLock(FileChannel channel) throws IOException {
        try {
            return channel.tryLock();
        } catch (OverlappingFileLockException e) {
            return null;
        }
    }

    /** The file stays: deleting it would let two processes lock two files of the same name. */
    @Override
    public void close() throws IOException {
        channel.close();
    }
}
