package io.riacho.log;

import java.nio.file.Path;
import java.util.List;

/**
 * The journal's files as recovery found them.
 *
 * @param inUse by generation; the last one is written on
 * @param free to be used again
 * @param nextName number of the next new file's name
 */
record JournalFiles(
        Path folder, List<JournalFile> inUse, List<JournalFile> free, int nextName, int nextGeneration, long nextLsn) {}
