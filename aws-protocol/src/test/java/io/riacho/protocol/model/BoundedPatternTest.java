package io.riacho.protocol.model;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class BoundedPatternTest {

    @Test
    void aPatternMustMatchTheWholeValue() {
        BoundedPattern pattern = new BoundedPattern("[a-zA-Z0-9_.-]+");

        assertThat(pattern.matches("a.b")).isTrue();
        assertThat(pattern.matches("a b")).isFalse();
        assertThat(pattern.matches("")).isFalse();
    }

    @Test
    void aLongHonestValueMatches() {
        BoundedPattern pattern = new BoundedPattern("arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+");

        assertThat(pattern.matches("arn:aws:kinesis:us-east-1:000000000000:stream/" + "s".repeat(2000)))
                .isTrue();
    }

    /** Without the bound this takes longer than anyone lives; the timeout only makes a failure of it. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void aValueMadeToBacktrackDoesNotMatch() {
        BoundedPattern pattern = new BoundedPattern(".*a.*a.*a.*a.*a.*a.*b");

        assertThat(pattern.matches("a".repeat(2000))).isFalse();
    }
}
