package io.riacho.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * What a process is called among those that share leases. Two that run one after the other in the same folder have the
 * same name: the second knows that the first is dead, because it has the lock of the folder.
 */
public final class ProcessName implements AutoCloseable {

    private final String name;
    private final boolean inherited;
    private final @Nullable FileChannel channel;

    private ProcessName(String name, boolean inherited, @Nullable FileChannel channel) {
        this.name = name;
        this.inherited = inherited;
        this.channel = channel;
    }

    /** @param folder made where it is not there */
    public static ProcessName in(Path folder) {
        try {
            Files.createDirectories(folder);
            Path file = folder.resolve("process");
            FileChannel channel = FileChannel.open(
                    file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
            if (!locked(channel)) {
                channel.close();
                return new ProcessName(UUID.randomUUID().toString(), false, null);
            }
            String known = Files.readString(file).strip();
            if (!known.isEmpty()) {
                return new ProcessName(known, true, channel);
            }
            String made = UUID.randomUUID().toString();
            Files.writeString(file, made);
            return new ProcessName(made, false, channel);
        } catch (IOException e) {
            throw new UncheckedIOException("The name of this process cannot be kept in " + folder, e);
        }
    }

    public String name() {
        return name;
    }

    /** Whether a process that is dead had the same name. */
    public boolean isInherited() {
        return inherited;
    }

    private static boolean locked(FileChannel channel) throws IOException {
        try {
            FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    @Override
    public void close() throws IOException {
        if (channel != null) {
            channel.close();
        }
    }
}
