package io.riacho.analytics.runtime;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.RecoverableFsDataOutputStream;
import org.apache.flink.core.fs.RecoverableWriter;
import org.apache.flink.core.fs.local.LocalFileSystem;
import org.apache.flink.core.fs.local.LocalRecoverableWriter;

/**
 * Local files that survive a loss of power: what is closed is on disk, and so is its name. Flink's own leaves that to the system, and
 * deletes the checkpoint before as soon as the next one is written.
 */
final class DurableFileSystem extends LocalFileSystem {

    @Override
    public FSDataOutputStream create(org.apache.flink.core.fs.Path path, WriteMode mode) throws IOException {
        return new ForcedOnClose(super.create(path, mode), pathToFile(path).toPath());
    }

    @Override
    public LocalRecoverableWriter createRecoverableWriter() {
        return new DurableWriter(this);
    }

    /** Makes the names in a folder durable. */
    static void forceFolder(Path folder) throws IOException {
        if (!Files.isDirectory(folder)) {
            return;
        }
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }

    private static void forceName(Path file) throws IOException {
        Path folder = file.toAbsolutePath().getParent();
        if (folder != null) {
            forceFolder(folder);
            if (folder.getParent() != null) {
                forceFolder(folder.getParent());
            }
        }
    }

    private static final class ForcedOnClose extends FSDataOutputStream {

        private final FSDataOutputStream file;
        private final Path name;
        private boolean closed;

        ForcedOnClose(FSDataOutputStream file, Path name) {
            this.file = file;
            this.name = name;
        }

        @Override
        public long getPos() throws IOException {
            return file.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            file.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            file.flush();
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }

        @Override
        public void close() throws IOException {
            if (closed) {
                return;
            }
            closed = true;
            try (file) {
                file.flush();
                file.sync();
            }
            forceName(name);
        }
    }

    /** Files that get their name when they are complete, such as a checkpoint's {@code _metadata}. */
    private static final class DurableWriter extends LocalRecoverableWriter {

        private final DurableFileSystem files;

        DurableWriter(DurableFileSystem files) {
            super(files);
            this.files = files;
        }

        @Override
        public RecoverableFsDataOutputStream open(org.apache.flink.core.fs.Path path) throws IOException {
            return new ForcedOnCommit(super.open(path), files.pathToFile(path).toPath());
        }
    }

    private static final class ForcedOnCommit extends RecoverableFsDataOutputStream {

        private final RecoverableFsDataOutputStream file;
        private final Path target;

        ForcedOnCommit(RecoverableFsDataOutputStream file, Path target) {
            this.file = file;
            this.target = target;
        }

        @Override
        public RecoverableWriter.ResumeRecoverable persist() throws IOException {
            return file.persist();
        }

        @Override
        public Committer closeForCommit() throws IOException {
            file.flush();
            file.sync();
            Committer committer = file.closeForCommit();
            return new Committer() {
                @Override
                public void commit() throws IOException {
                    committer.commit();
                    forceName(target);
                }

                @Override
                public void commitAfterRecovery() throws IOException {
                    committer.commitAfterRecovery();
                    forceName(target);
                }

                @Override
                public RecoverableWriter.CommitRecoverable getRecoverable() {
                    return committer.getRecoverable();
                }
            };
        }

        @Override
        public void close() throws IOException {
            file.close();
        }

        @Override
        public long getPos() throws IOException {
            return file.getPos();
        }

        @Override
        public void write(int b) throws IOException {
            file.write(b);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            file.write(bytes, offset, length);
        }

        @Override
        public void flush() throws IOException {
            file.flush();
        }

        @Override
        public void sync() throws IOException {
            file.sync();
        }
    }
}
