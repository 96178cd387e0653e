package io.riacho.metrics.history;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class TallyTest {

    private final Tally tally = new Tally();

    @Test
    void whatWasAddedIsTakenOnce() {
        tally.add(3);
        tally.add(8);
        assertThat(tally.take()).isEqualTo(new Tally.Taken(2, 11, 3, 8));
        assertThat(tally.take()).isNull();
        tally.add(5);
        assertThat(tally.take()).isEqualTo(new Tally.Taken(1, 5, 5, 5));
        assertThat(tally.count()).isEqualTo(3);
        assertThat(tally.sum()).isEqualTo(16);
    }

    @Test
    void theGreatestOfTheLastIntervalIsKnownUntilTheNextIsTaken() {
        tally.add(3);
        tally.add(8);
        assertThat(tally.lastMost()).isZero();
        tally.take();
        assertThat(tally.lastMost()).isEqualTo(8);
        tally.take();
        assertThat(tally.lastMost()).isZero();
    }

    @Test
    void nothingIsLostWhileManyAdd() throws InterruptedException {
        int each = 50_000;
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.ofPlatform().start(() -> {
                for (int value = 1; value <= each; value++) {
                    tally.add(value);
                }
            }));
        }
        long count = 0;
        long sum = 0;
        while (threads.stream().anyMatch(Thread::isAlive)) {
            Tally.Taken taken = tally.take();
            if (taken != null) {
                count += taken.count();
                sum += taken.sum();
                assertThat(taken.least()).isLessThanOrEqualTo(taken.most());
            }
        }
        for (Thread thread : threads) {
            thread.join();
        }
        // The last value's parts may still be apart.
        tally.add(0);
        Tally.Taken rest = tally.take();
        assertThat(rest).isNotNull();
        assertThat(count + requireNonNull(rest).count()).isEqualTo(4L * each + 1);
        assertThat(sum + rest.sum()).isEqualTo(4L * each * (each + 1) / 2);
    }
}
