package io.riacho.flink.source;

import java.io.Serializable;

/** How far a shard is read. What comes next is after it. */
sealed interface Position extends Serializable {

    /** Before the shard's oldest record. */
    record TrimHorizon() implements Position {

        private static final long serialVersionUID = 1L;
    }

    /**
     * Before the first record that arrived at this time or later.
     *
     * @param millis since 1970
     */
    record AtTimestamp(long millis) implements Position {

        private static final long serialVersionUID = 1L;
    }

    /**
     * After a user record.
     *
     * @param subSequenceNumber its place in the stored record
     * @param last whether it is the last of the stored record
     */
    record After(String sequenceNumber, long subSequenceNumber, boolean last) implements Position {

        private static final long serialVersionUID = 1L;
    }

    /** After the last record of a closed shard. */
    record End() implements Position {

        private static final long serialVersionUID = 1L;
    }
}
