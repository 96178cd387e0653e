package io.riacho.log;

/**
 * A place in the journal, between two frames.
 *
 * @param generation the journal file's
 * @param position in that file
 * @param lsn the number of the frame that begins there
 */
record JournalPosition(int generation, int position, long lsn) {

    boolean isAfter(int otherGeneration, int otherPosition) {
        return generation > otherGeneration || (generation == otherGeneration && position > otherPosition);
    }
}
