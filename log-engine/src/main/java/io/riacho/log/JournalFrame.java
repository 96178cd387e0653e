package io.riacho.log;

/** A frame that was written, and a cursor over its batches that those who wrote them share, in order. */
final class JournalFrame {

    private int generation;
    private int position;

    void at(int fileGeneration, int frameStart) {
        generation = fileGeneration;
        position = frameStart + FrameFormat.HEADER_BYTES;
    }

    int generation() {
        return generation;
    }

    /** Where the next batch lies. */
    int take(int batchLength) {
        int taken = position;
        position += batchLength;
        return taken;
    }
}
