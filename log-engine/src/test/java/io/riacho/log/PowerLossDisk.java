package io.riacho.log;

import java.io.IOException;
import java.lang.foreign.Arena;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/**
 * A disk that can lose power: of what was not forced, any 512-byte sector may be lost and any may have been kept. Real
 * files, with a memory of what unforced writes replaced. It can also be told to fail.
 */
final class PowerLossDisk implements Disk {

    private static final int SECTOR = 512;

    /** What stood where something was written without a force since. */
    private record Undo(LossyFile file, long position, byte[] before) {}

    private final Disk disk = new RealDisk();
    private final List<Undo> unforced = new ArrayList<>();
    private final Random random;
    private boolean off;
    private int forcesUntilFailure = Integer.MAX_VALUE;
    private int failures = 1;
    private boolean keepFailedWrites;

    PowerLossDisk(Random random) {
        this.random = random;
    }

    /** One that loses all that was not forced, in place of parts of it. */
    static PowerLossDisk thatKeepsOnlyWhatWasForced() {
        return new PowerLossDisk(new Random() {
            @Override
            public boolean nextBoolean() {
                return true;
            }
        });
    }

    /** Lets the force of a commit fail, once, after so many that succeed. */
    synchronized void failForce(int after, boolean butKeepTheWrites) {
        forcesUntilFailure = after;
        failures = 1;
        keepFailedWrites = butKeepTheWrites;
    }

    /** Lets the next forces of the commit thread fail, so many. */
    synchronized void failForces(int count) {
        failForce(0, false);
        failures = count;
    }

    /** Nothing that is done from now on has an effect; what was not forced is lost or kept at random. */
    synchronized void losePower() throws IOException {
        off = true;
        for (Undo undo : unforced.reversed()) {
            for (int at = 0; at < undo.before.length; at += SECTOR) {
                if (random.nextBoolean()) {
                    int length = Math.min(SECTOR, undo.before.length - at);
                    undo.file.restore(undo.before, at, length, undo.position + at);
                }
            }
        }
        unforced.clear();
    }

    private synchronized void remember(LossyFile file, long position, int length) throws IOException {
        if (off) {
            throw new IOException("no power");
        }
        long start = position / SECTOR * SECTOR;
        ByteBuffer before = ByteBuffer.allocate((int) (position + length - start));
        file.real.read(before, start);
        unforced.add(new Undo(file, start, before.array()));
    }

    private synchronized void forced(LossyFile file) throws IOException {
        if (off) {
            throw new IOException("no power");
        }
        if (Thread.currentThread().getName().equals("log-commit") && --forcesUntilFailure < 0) {
            failures--;
            forcesUntilFailure = failures > 0 ? 0 : Integer.MAX_VALUE;
            if (keepFailedWrites) {
                unforced.removeIf(undo -> undo.file == file);
            }
            throw new IOException("The disk failed");
        }
        unforced.removeIf(undo -> undo.file == file);
    }

    private synchronized void requirePower() throws IOException {
        if (off) {
            throw new IOException("no power");
        }
    }

    @Override
    public DiskFile open(Path file) throws IOException {
        return new LossyFile(file, disk.open(file));
    }

    @Override
    public DiskFile create(Path file) throws IOException {
        requirePower();
        return new LossyFile(file, disk.create(file));
    }

    @Override
    public void createFolder(Path folder) throws IOException {
        requirePower();
        disk.createFolder(folder);
    }

    @Override
    public void forceFolder(Path folder) throws IOException {
        requirePower();
        disk.forceFolder(folder);
    }

    @Override
    public void rename(Path from, Path to) throws IOException {
        requirePower();
        disk.rename(from, to);
    }

    @Override
    public void delete(Path file) throws IOException {
        requirePower();
        disk.delete(file);
    }

    @Override
    public boolean exists(Path file) {
        return disk.exists(file);
    }

    @Override
    public List<Path> list(Path folder) throws IOException {
        return disk.list(folder);
    }

    private final class LossyFile implements DiskFile {

        private final Path path;
        private final DiskFile real;

        LossyFile(Path path, DiskFile real) {
            this.path = path;
            this.real = real;
        }

        private void restore(byte[] before, int at, int length, long position) throws IOException {
            try (DiskFile again = disk.open(path)) {
                again.write(ByteBuffer.wrap(before, at, length), position);
            } catch (java.nio.file.NoSuchFileException e) {
                // A file that is gone has nothing to lose.
            }
        }

        @Override
        public int read(ByteBuffer into, long position) throws IOException {
            return real.read(into, position);
        }

        @Override
        public void write(ByteBuffer[] from, int count, long position) throws IOException {
            int length = 0;
            for (int i = 0; i < count; i++) {
                length += from[i].remaining();
            }
            synchronized (PowerLossDisk.this) {
                remember(this, position, length);
                real.write(from, count, position);
            }
        }

        @Override
        public ByteBuffer map(Arena arena) throws IOException {
            return real.map(arena);
        }

        @Override
        public void force() throws IOException {
            forced(this);
        }

        @Override
        public long size() throws IOException {
            return real.size();
        }

        @Override
        public void truncate(long size) throws IOException {
            requirePower();
            real.truncate(size);
        }

        @Override
        public void close() throws IOException {
            real.close();
        }
    }
}
