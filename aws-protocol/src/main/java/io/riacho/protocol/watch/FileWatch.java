package io.riacho.protocol.watch;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;

/**
 * Compares what files hold with what they held before. It reads them, because neither times nor sizes tell every change,
 * such as that of a link. For use by one thread.
 */
public final class FileWatch {

    private final List<Path> files;
    private byte[] last;

    /** Remembers what the files hold now. */
    public FileWatch(List<Path> files) {
        this.files = List.copyOf(files);
        this.last = state();
    }

    /** Whether a file holds something else than when this was asked last; a missing file holds nothing. */
    public boolean hasChanged() {
        byte[] now = state();
        boolean changed = !Arrays.equals(now, last);
        last = now;
        return changed;
    }

    private byte[] state() {
        MessageDigest digest = sha256();
        for (Path file : files) {
            try {
                digest.update(sha256().digest(Files.readAllBytes(file)));
            } catch (IOException e) {
                digest.update((byte) 0);
            }
        }
        return digest.digest();
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every JDK has SHA-256", e);
        }
    }
}
