package io.riacho.usage.journal;

/**
 * A place in the journal, up to which it is read.
 *
 * @param file its number
 * @param slot the first that is not read
 */
public record UsagePosition(long file, int slot) {

    /** The beginning of the file. */
    public static UsagePosition of(long file) {
        return new UsagePosition(file, UsageFile.FIRST_SLOT);
    }
}
