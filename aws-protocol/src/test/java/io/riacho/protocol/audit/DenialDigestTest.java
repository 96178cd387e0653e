package io.riacho.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.audit.DenialDigest.Denial;
import io.riacho.protocol.audit.DenialDigest.Repeated;
import io.riacho.protocol.audit.DenialDigest.Summary;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class DenialDigestTest {

    private static final Instant NOON = Instant.parse("2026-11-26T12:00:00Z");
    private static final Denial ANNS = new Denial("ann", "kinesis:PutRecord", "stream/a");

    private final DenialDigest digest = new DenialDigest();

    @Test
    void theSameAgainWithinAMinuteIsCounted() {
        assertThat(digest.admit(ANNS, NOON)).isTrue();
        for (int i = 0; i < 10_000; i++) {
            assertThat(digest.admit(ANNS, NOON.plusMillis(i))).isFalse();
        }

        assertThat(digest.endWindow(NOON.plusSeconds(59))).isNull();
        assertThat(Objects.requireNonNull(digest.endWindow(NOON.plusSeconds(60)))
                        .repeated())
                .containsExactly(new Repeated(ANNS, 10_000));
    }

    @Test
    void anotherCallerActionOrResourceIsALineOfItsOwn() {
        assertThat(digest.admit(ANNS, NOON)).isTrue();
        assertThat(digest.admit(new Denial("bob", ANNS.action(), ANNS.resource()), NOON))
                .isTrue();
        assertThat(digest.admit(new Denial("ann", "kinesis:PutRecords", ANNS.resource()), NOON))
                .isTrue();
        assertThat(digest.admit(new Denial("ann", ANNS.action(), "stream/b"), NOON))
                .isTrue();
        assertThat(digest.end(NOON)).as("nothing was only counted").isNull();
    }

    @Test
    void theNextMinuteBeginsAnew() {
        digest.admit(ANNS, NOON);
        assertThat(digest.endWindow(NOON.plusSeconds(60))).isNull();

        assertThat(digest.admit(ANNS, NOON.plusSeconds(61))).isTrue();
    }

    @Test
    void aCallerWhoAsksForEverOtherResourcesDoesNotHideTheOthers() {
        int admitted = 0;
        for (int i = 0; i < 100_000; i++) {
            admitted += digest.admit(new Denial("ann", "kinesis:PutRecord", "stream/" + i), NOON) ? 1 : 0;
        }
        assertThat(admitted).isEqualTo(DenialDigest.OF_ONE_CALLER);
        assertThat(digest.admit(new Denial("bob", "kinesis:PutRecord", "stream/1"), NOON))
                .isTrue();

        Summary summary = Objects.requireNonNull(digest.end(NOON));
        assertThat(summary.others()).isEqualTo(100_000 - DenialDigest.OF_ONE_CALLER);
        assertThat(summary.top()).containsExactly(Map.entry("ann", 100_000 - DenialDigest.OF_ONE_CALLER));
    }

    @Test
    void aFloodFromManyCallersIsBoundedAndCounted() {
        int admitted = 0;
        for (int i = 0; i < 100_000; i++) {
            admitted += digest.admit(new Denial("caller-" + i, "a", "r"), NOON) ? 1 : 0;
        }

        Summary summary = Objects.requireNonNull(digest.end(NOON));
        assertThat(admitted).isEqualTo(DenialDigest.OF_ALL);
        assertThat(summary.others()).isEqualTo(100_000 - DenialDigest.OF_ALL);
        assertThat(summary.callers()).isLessThanOrEqualTo(1_001);
        assertThat(summary.top()).hasSize(1).first().isEqualTo(Map.entry("others", 100_000 - DenialDigest.OF_ALL));
    }
}
