package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.job.BusyException;
import io.riacho.analytics.job.CodeException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What cannot be interrupted costs who asked for it, and not the others. */
class PlannerTest {

    private static final Duration TIME = Duration.ofMillis(100);

    private final CountDownLatch endless = new CountDownLatch(1);
    private final Planner planner = new Planner(2, TIME);

    @AfterEach
    void end() {
        endless.countDown();
    }

    @Test
    void codeThatTakesTooLongIsTooComplex() {
        assertThatThrownBy(() -> plan("slow")).isInstanceOf(CodeException.class).hasMessageContaining("too complex");
    }

    @Test
    void othersArePlannedWhileWhatWasGivenUpGoesOn() {
        for (int i = 0; i < 4; i++) {
            giveUp("slow-" + i);
        }

        assertThat(planner.plan("other", () -> 1)).isEqualTo(1);
    }

    @Test
    void anApplicationThatWasGivenUpIsNotPlannedUntilThatHasEnded() throws Exception {
        giveUp("slow");

        assertThatThrownBy(() -> planner.plan("slow", () -> 1)).isInstanceOf(BusyException.class);

        endless.countDown();
        while (true) {
            try {
                assertThat(planner.plan("slow", () -> 2)).isEqualTo(2);
                return;
            } catch (BusyException e) {
                Thread.onSpinWait();
            }
        }
    }

    @Test
    void moreThanAFewThatWereGivenUpLeaveNoPlace() {
        for (int i = 0; i < 6; i++) {
            giveUp("slow-" + i);
        }

        assertThatThrownBy(() -> planner.plan("other", () -> 1))
                .isInstanceOf(BusyException.class)
                .hasMessageContaining("leaves no place");
    }

    @Test
    void memoryThatDoesNotSufficeIsTheCodesFault() {
        assertThatThrownBy(() -> planner.plan("large", () -> {
                    throw new OutOfMemoryError("Java heap space");
                }))
                .isInstanceOf(CodeException.class)
                .hasMessageContaining("memory");
        assertThat(planner.plan("large", () -> 1)).isEqualTo(1);
    }

    private void giveUp(String application) {
        assertThatThrownBy(() -> plan(application)).isInstanceOf(CodeException.class);
    }

    /** As Flink's planner, it does not hear interrupts. */
    private void plan(String application) {
        planner.plan(application, () -> {
            while (true) {
                try {
                    endless.await();
                    return 0;
                } catch (InterruptedException e) {
                    // On with it.
                }
            }
        });
    }
}
