package io.riacho.log;

/** Whether a log takes appends, and why not. */
public enum LogCondition {
    /** An append that is made now is likely to succeed. */
    WRITABLE,
    /** The disk is full. Appends succeed again once there is room. */
    NO_ROOM,
    /** The disk failed, other than by being full. Appends are tried again, and succeed once the disk works. */
    FAILED,
    /** Something failed in a way that was not foreseen. The next start reads what is on the disk. */
    BROKEN,
    /** The folder's lock is not held any more: its file, or the folder, was taken away or replaced. */
    LOCK_LOST,
    CLOSED
}
