package io.riacho.log;

import java.nio.file.Path;

/**
 * The version of all on-disk formats that this code writes. It reads that one and the ones before.
 *
 * <ol>
 *   <li>The first.
 *   <li>Batches may be {@link BatchFormat#SEALED}. A release of version 1 would give out their ciphertext as records, so
 *       the checkpoint, which every release reads first, carries this version before the first batch is sealed.
 * </ol>
 */
final class FormatVersion {

    static final int CURRENT = 2;

    private FormatVersion() {}

    static void check(Path file, int found) {
        if (found > CURRENT) {
            throw new LogFailedException("The file " + file.toAbsolutePath() + " has format version " + found
                    + ", from a later release; this release reads versions up to " + CURRENT + ".");
        }
    }
}
