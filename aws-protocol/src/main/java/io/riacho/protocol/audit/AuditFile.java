package io.riacho.protocol.audit;

import ch.qos.logback.core.Context;
import ch.qos.logback.core.ContextBase;
import ch.qos.logback.core.encoder.EchoEncoder;
import ch.qos.logback.core.rolling.RollingFileAppender;
import ch.qos.logback.core.rolling.SizeAndTimeBasedRollingPolicy;
import ch.qos.logback.core.util.FileSize;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import org.jspecify.annotations.Nullable;

/**
 * The file {@code audit.log} and those that were closed, {@code audit.DAY.NUMBER.log}, for their owner only. Logback
 * closes, names and deletes files. Unlike its own, this appender tells whether a line was written. For use by one thread.
 */
final class AuditFile implements AutoCloseable {

    private final Path folder;
    private final long fileBytes;
    private final int days;
    private final long totalBytes;
    private final Context context = new ContextBase();
    private @Nullable Appender appender;
    private String failure = "";

    AuditFile(Path folder, long fileBytes, int days, long totalBytes) {
        if (folder.toString().indexOf('%') >= 0) {
            throw new IllegalArgumentException("riacho.audit.folder must have no % in its name");
        }
        this.folder = folder.toAbsolutePath();
        this.fileBytes = fileBytes;
        this.days = days;
        this.totalBytes = totalBytes;
    }

    /** Whether lines can be written; tries anew where they could not be before. */
    boolean open() {
        if (appender != null) {
            return true;
        }
        try {
            if (!Files.isDirectory(folder)) {
                Files.createDirectories(folder, permissions("rwx------"));
            }
        } catch (IOException e) {
            failure = e.toString();
            return false;
        }
        Appender opened = newAppender();
        opened.start();
        if (!opened.isStarted()) {
            failure = opened.failure;
            opened.stop();
            return false;
        }
        appender = opened;
        return true;
    }

    /** Whether the line is in the file now. Where it is not, a part of it may be, on a line of its own. */
    boolean write(String line) {
        if (!open() || appender == null) {
            return false;
        }
        if (appender.write(line)) {
            return true;
        }
        failure = appender.failure;
        close();
        return false;
    }

    /** Why the last line could not be written. */
    String failure() {
        return failure;
    }

    @Override
    public void close() {
        if (appender != null) {
            appender.stop();
            appender = null;
        }
    }

    private Appender newAppender() {
        Appender made = new Appender();
        SizeAndTimeBasedRollingPolicy<String> policy = new SizeAndTimeBasedRollingPolicy<>();
        policy.setContext(context);
        policy.setParent(made);
        policy.setFileNamePattern(
                folder.resolve("audit.%d{yyyy-MM-dd, UTC}.%i.log").toString());
        policy.setMaxFileSize(new FileSize(fileBytes));
        policy.setMaxHistory(days);
        policy.setTotalSizeCap(new FileSize(totalBytes - fileBytes));
        policy.setCleanHistoryOnStart(true);
        EchoEncoder<String> encoder = new EchoEncoder<>();
        encoder.setContext(context);
        made.setName("audit");
        made.setContext(context);
        made.setEncoder(encoder);
        made.setFile(folder.resolve("audit.log").toString());
        made.setRollingPolicy(policy);
        policy.start();
        encoder.start();
        return made;
    }

    private static FileAttribute<?> permissions(String text) {
        return PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(text));
    }

    /** Logback's file stream hides errors and drops what it could not write; this one has its own. */
    private static final class Appender extends RollingFileAppender<String> {

        private long written;
        private String failure = "";

        boolean write(String line) {
            long before = written;
            doAppend(line);
            return written > before;
        }

        @Override
        public void openFile(String name) throws IOException {
            Path file = Path.of(name);
            streamWriteLock.lock();
            try {
                if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
                    Files.createFile(file, permissions("rw-------"));
                }
                boolean isTorn = isTorn(file);
                OutputStream out = Files.newOutputStream(file, StandardOpenOption.APPEND);
                if (isTorn) {
                    out.write('\n');
                }
                setOutputStream(new Counted(out));
            } catch (IOException e) {
                failure = e.toString();
                throw e;
            } finally {
                streamWriteLock.unlock();
            }
        }

        /** Whether the last line has no end: the disk was full, or the power failed. */
        private static boolean isTorn(Path file) throws IOException {
            try (RandomAccessFile in = new RandomAccessFile(file.toFile(), "r")) {
                if (in.length() == 0) {
                    return false;
                }
                in.seek(in.length() - 1);
                return in.read() != '\n';
            }
        }

        private final class Counted extends FilterOutputStream {

            Counted(OutputStream out) {
                super(out);
            }

            @Override
            public void write(byte[] bytes, int offset, int length) throws IOException {
                try {
                    out.write(bytes, offset, length);
                    written++;
                } catch (IOException e) {
                    failure = e.toString();
                    throw e;
                }
            }
        }
    }
}
