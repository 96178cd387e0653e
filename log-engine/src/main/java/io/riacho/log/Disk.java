package io.riacho.log;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The file operations that the log is built on. A seam so that tests can lose power: what was not forced may be gone.
 * Safe for use by many threads.
 */
interface Disk {

    /** Opens a file for reading and writing. */
    DiskFile open(Path file) throws IOException;

    /** Opens a new, empty file; one of that name is emptied. */
    DiskFile create(Path file) throws IOException;

    /** Makes a folder, and those above it, where there is none. */
    void createFolder(Path folder) throws IOException;

    /** Makes the creation, deletion and renaming of a folder's files durable. */
    void forceFolder(Path folder) throws IOException;

    /** Gives a file a new name, in place of a file that may have it, in one step. */
    void rename(Path from, Path to) throws IOException;

    /** Deletes a file or an empty folder; nothing where there is none. */
    void delete(Path file) throws IOException;

    boolean exists(Path file);

    /** The files and folders in a folder, by name; none where there is no such folder. */
    List<Path> list(Path folder) throws IOException;

    /** The range, which is on the disk, need not stay in memory. Advice only. */
    default void notNeeded(Path file, long position, long length) {}
}
