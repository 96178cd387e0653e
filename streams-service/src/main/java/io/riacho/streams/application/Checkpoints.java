package io.riacho.streams.application;

import io.riacho.streams.shard.SequenceNumber;
import java.util.Optional;

/** Reads checkpoints, which anybody may have written. */
final class Checkpoints {

    private static final int LONGEST = 129;

    private Checkpoints() {}

    /** Empty where the checkpoint is a word, or no number that Riacho gave. */
    static Optional<SequenceNumber> sequenceNumber(String checkpoint) {
        boolean decimal = !checkpoint.isEmpty()
                && checkpoint.length() <= LONGEST
                && checkpoint.chars().allMatch(digit -> digit >= '0' && digit <= '9');
        return decimal ? SequenceNumber.parse(checkpoint) : Optional.empty();
    }
}
