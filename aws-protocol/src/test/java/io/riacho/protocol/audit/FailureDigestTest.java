package io.riacho.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class FailureDigestTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");

    private final FailureDigest digest = new FailureDigest();

    @Test
    void aFloodFromOneSourceDoesNotHideTheOthers() {
        for (int i = 0; i < 10_000; i++) {
            digest.admit("192.0.2.1", "A", NOON);
        }
        assertThat(digest.admit("192.0.2.1", "A", NOON)).isFalse();
        assertThat(digest.admit("192.0.2.2", "A", NOON)).isTrue();
    }

    @Test
    void aFloodFromManySourcesIsBoundedAndCounted() {
        int admitted = 0;
        for (int i = 0; i < 100_000; i++) {
            admitted += digest.admit("source-" + i, "error-" + i, NOON) ? 1 : 0;
        }
        FailureDigest.Summary summary = Objects.requireNonNull(digest.end(NOON.plusSeconds(1)));

        assertThat(admitted).isEqualTo(FailureDigest.OF_ALL);
        assertThat(summary.failures()).isEqualTo(100_000 - FailureDigest.OF_ALL);
        assertThat(summary.sources()).isLessThanOrEqualTo(1_001);
        assertThat(summary.top()).hasSize(10);
        assertThat(summary.errors()).hasSizeLessThanOrEqualTo(33);
        assertThat(summary.errors().values().stream()
                        .mapToInt(Integer::intValue)
                        .sum())
                .isEqualTo(summary.failures());
    }

    @Test
    void aMinuteBeginsWithItsFirstFailureAndTheNextOneIsTheSourcesOwnAgain() {
        for (int i = 0; i < 12; i++) {
            digest.admit("192.0.2.1", "A", NOON);
        }
        assertThat(digest.endWindow(NOON.plusSeconds(59))).isNull();
        FailureDigest.Summary summary = Objects.requireNonNull(digest.endWindow(NOON.plusSeconds(60)));

        assertThat(summary.errors()).isEqualTo(Map.of("A", 2));
        assertThat(digest.admit("192.0.2.1", "A", NOON.plusSeconds(61))).isTrue();
        assertThat(digest.endWindow(NOON.plusSeconds(130))).isNull();
    }
}
