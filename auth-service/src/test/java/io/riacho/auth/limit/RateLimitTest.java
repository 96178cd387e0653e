package io.riacho.auth.limit;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class RateLimitTest {

    private static final int MANY = 1_000_000;

    private final AtomicLong time = new AtomicLong();
    private final RateLimit limit = new RateLimit(0.5, 3, time::get);

    private void pass(Duration duration) {
        time.addAndGet(duration.toNanos());
    }

    private void useUp(String subject) {
        for (int i = 0; i < 3; i++) {
            assertThat(limit.take(subject)).isZero();
        }
    }

    @Test
    void afterTheBurstOneIsToldWhenToComeBack() {
        useUp("a");
        assertThat(limit.take("a")).isEqualTo(2);
        pass(Duration.ofMillis(1500));
        assertThat(limit.take("a")).isEqualTo(1);
    }

    @Test
    void whoComesBackInTimeIsLetIn() {
        useUp("a");
        pass(Duration.ofSeconds(limit.take("a")));
        assertThat(limit.take("a")).isZero();
        assertThat(limit.take("a")).isPositive();
    }

    @Test
    void asManyAsTheBurstAreForgivenInTheEndAndNoMore() {
        useUp("a");
        pass(Duration.ofDays(1));
        useUp("a");
        assertThat(limit.take("a")).isPositive();
    }

    @Test
    void refusedTriesDoNotMakeThePauseLonger() {
        useUp("a");
        for (int i = 0; i < 100; i++) {
            assertThat(limit.take("a")).isEqualTo(2);
        }
        pass(Duration.ofSeconds(2));
        assertThat(limit.take("a")).isZero();
    }

    @Test
    void oneDoesNotPayForAnother() {
        useUp("a");
        assertThat(limit.take("b")).isZero();
    }

    @Test
    void namesThatBeginAlikeForLongAreOneSubject() {
        useUp("x".repeat(256));
        assertThat(limit.take("x".repeat(256) + "y".repeat(100_000))).isPositive();
    }

    @Test
    void memoryIsBoundedUnderAMillionNames() {
        for (int i = 0; i < MANY; i++) {
            limit.take("name-" + i);
        }
        assertThat(limit.remembered()).isLessThanOrEqualTo(50_000);
    }

    @Test
    void whoTriesOftenIsNotForgottenForTheSakeOfNamesThatComeOnce() {
        useUp("often");
        for (int i = 0; i < MANY; i++) {
            limit.take("name-" + i);
            if (i % 100 == 0) {
                assertThat(limit.take("often")).isPositive();
            }
        }
    }
}
