package io.riacho.log;

import org.jspecify.annotations.Nullable;

/** Something that waits for the commit thread, in order with everything else that does. */
abstract class Commit {

    /** The next one in the queue; the queue's own. */
    @Nullable
    Commit next;

    /** Bytes that it adds to a frame, at most. */
    abstract int bytes();

    /** How many records it appends, at most. */
    int records() {
        return 0;
    }

    /** Takes its offsets, in order; before anything is written. */
    abstract void assign(Frame frame, long now);

    /** What it wrote is durable: makes it readable. */
    abstract void publish(JournalFrame where);

    /** Tells the caller; after everything of the same commit is readable. */
    abstract void complete();

    /** It has taken its offsets, but it was not written and never will be: gives them back, and tells the caller. */
    abstract void fail(RuntimeException reason);

    /** It came too late to take offsets: tells the caller. Called by any thread. */
    abstract void reject(RuntimeException reason);
}
