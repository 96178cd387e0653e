package io.riacho.streams.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.streams.SettableClock;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class ConsumerLimitsTest {

    private final SettableClock clock = new SettableClock();
    private final ConsumerLimits limits = new ConsumerLimits(1000, clock::nanoTime);

    @Test
    void aConsumerSubscribesOnceASecond() {
        assertThat(limits.tryCall()).isTrue();
        assertThat(limits.tryCall()).isFalse();
        clock.advance(Duration.ofMillis(999));
        assertThat(limits.tryCall()).isFalse();
        clock.advance(Duration.ofMillis(1));
        assertThat(limits.tryCall()).isTrue();
    }

    @Test
    void whatIsReadBeyondASecondsWorthIsWaitedFor() {
        limits.read(3000);

        assertThat(Duration.ofNanos(limits.nanosUntilReadable()).toMillis()).isEqualTo(2000);
        clock.advance(Duration.ofMillis(1999));
        assertThat(limits.nanosUntilReadable()).isPositive();
        clock.advance(Duration.ofMillis(2));
        assertThat(limits.nanosUntilReadable()).isZero();
    }

    @Test
    void aSecondsWorthIsThereAtOnceAndNoMoreIsSaved() {
        clock.advance(Duration.ofHours(1));
        limits.read(999);
        assertThat(limits.nanosUntilReadable()).isZero();
        limits.read(2);
        assertThat(limits.nanosUntilReadable()).isPositive();
    }

    @Test
    void withoutLimitsNothingIsWaitedFor() {
        ConsumerLimits none = new ConsumerLimits(Double.POSITIVE_INFINITY, clock::nanoTime);

        none.read(Long.MAX_VALUE);

        assertThat(none.nanosUntilReadable()).isZero();
        assertThat(none.tryCall()).isTrue();
        assertThat(none.tryCall()).isTrue();
    }
}
