package io.riacho.log;

import java.nio.file.Path;

/** The version of all on-disk formats that this code writes. It reads that one and the ones before. */
final class FormatVersion {

    static final int CURRENT = 1;

    private FormatVersion() {}

    static void check(Path file, int found) {
        if (found > CURRENT) {
            throw new LogFailedException("The file " + file.toAbsolutePath() + " has format version " + found
                    + ", from a later release; this release reads versions up to " + CURRENT + ".");
        }
    }
}
