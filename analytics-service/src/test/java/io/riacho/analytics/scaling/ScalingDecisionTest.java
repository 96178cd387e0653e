package io.riacho.analytics.scaling;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.scaling.ScalingDecision.Load;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.OptionalInt;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class ScalingDecisionTest {

    private static final Instant START = Instant.parse("2026-01-01T00:00:00Z");
    private static final Duration LOOK = Duration.ofSeconds(15);

    private final ScalingDecision decision = new ScalingDecision(8, START);
    private Instant now = START;

    @Test
    void aBusyJobIsDoubled() {
        assertThat(after(Duration.ofMinutes(3), new Load(2, 950, 0, 0))).hasValue(4);
    }

    @Test
    void aJobThatLagsIsDoubledAlsoWhereItCouldWorkMore() {
        assertThat(after(Duration.ofMinutes(3), new Load(2, 550, 0, 120_000))).hasValue(4);
    }

    @Test
    void aJobThatLagsForWantOfWorkIsLeft() {
        assertThat(after(Duration.ofHours(1), new Load(2, 350, 0, 120_000))).isEmpty();
    }

    @Test
    void aJobThatIsBusyForAMomentIsLeft() {
        now = START.plus(ScalingDecision.AFTER_CHANGE);

        assertThat(decision.decide(now, new Load(2, 950, 0, 0))).isEmpty();
        assertThat(decision.decide(now.plusSeconds(15), new Load(2, 500, 0, 0))).isEmpty();
        assertThat(decision.decide(now.plusSeconds(30), new Load(2, 950, 0, 0))).isEmpty();
    }

    @Test
    void aJobThatBeginsIsGivenTime() {
        assertThat(after(ScalingDecision.AFTER_CHANGE.minusSeconds(1), new Load(1, 1000, 1000, 1_000_000)))
                .isEmpty();
    }

    @Test
    void anIdleJobGoesDownByOneAfterALongTime() {
        assertThat(after(ScalingDecision.BEFORE_DOWN, new Load(4, 100, 0, 0))).isEmpty();
        assertThat(after(ScalingDecision.AFTER_CHANGE.plus(LOOK), new Load(4, 100, 0, 0)))
                .hasValue(3);
    }

    @Test
    void whatOneFewerCouldNotCarryIsKept() {
        assertThat(after(Duration.ofHours(2), new Load(2, 310, 0, 0))).isEmpty();
    }

    @Test
    void theMostIsNotPassed() {
        assertThat(after(Duration.ofMinutes(5), new Load(6, 1000, 0, 0))).hasValue(8);
        assertThat(after(Duration.ofHours(1), new Load(8, 1000, 0, 0))).isEmpty();
    }

    @Property
    void whateverTheLoadItStaysInItsBoundsAndGivesEachChangeTime(
            @ForAll @IntRange(min = 1, max = 16) int most,
            @ForAll @Size(max = 200) List<@DoubleRange(min = 0, max = 1000) Double> busy) {
        ScalingDecision scaling = new ScalingDecision(most, START);
        Instant clock = START;
        Instant changed = START;
        int parallelism = 1;
        for (double load : busy) {
            clock = clock.plusSeconds(15);
            OptionalInt better = scaling.decide(clock, new Load(parallelism, load, 0, 0));
            if (better.isPresent()) {
                assertThat(better.getAsInt()).isBetween(1, most).isNotEqualTo(parallelism);
                assertThat(Duration.between(changed, clock)).isGreaterThanOrEqualTo(ScalingDecision.AFTER_CHANGE);
                changed = clock;
                parallelism = better.getAsInt();
            }
        }
    }

    /** What is decided at the end of a time with the same load. */
    private OptionalInt after(Duration time, Load load) {
        Instant end = now.plus(time);
        while (now.isBefore(end)) {
            now = now.plus(LOOK).isAfter(end) ? end : now.plus(LOOK);
            OptionalInt better = decision.decide(now, load);
            if (better.isPresent()) {
                return better;
            }
        }
        return OptionalInt.empty();
    }
}
