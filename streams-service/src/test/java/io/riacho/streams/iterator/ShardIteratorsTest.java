package io.riacho.streams.iterator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import io.riacho.streams.SettableClock;
import io.riacho.streams.token.SealedTokens;
import java.time.Duration;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIteratorsTest {

    private final SettableClock clock = new SettableClock();
    private final SealedTokens tokens = new SealedTokens(new SecretKeySpec(new byte[16], "AES"));
    private final ShardIterators iterators = new ShardIterators(tokens, clock);

    @Test
    void anIteratorIsTakenAsItWasGiven() {
        String text = iterators.give("clicks", Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE - 1);

        assertThat(iterators.take(text))
                .isEqualTo(new ShardIterator(
                        "clicks", Long.MAX_VALUE, Integer.MAX_VALUE, Long.MAX_VALUE - 1, clock.instant()));
    }

    @Test
    void anIteratorWorksAgainAndAgain() {
        String text = iterators.give("clicks", 1, 2, 3);

        assertThat(iterators.take(text)).isEqualTo(iterators.take(text));
    }

    @Test
    void anIdleIteratorIsGivenAsADifferentText() {
        assertThat(iterators.give("clicks", 1, 2, 3)).isNotEqualTo(iterators.give("clicks", 1, 2, 3));
    }

    @Test
    void anIteratorInDoubleQuotesIsTaken() {
        String text = iterators.give("clicks", 1, 2, 3);

        assertThat(iterators.take('"' + text + '"')).isEqualTo(iterators.take(text));
    }

    @Test
    void anIteratorLivesForFiveMinutes() {
        String text = iterators.give("clicks", 1, 2, 3);
        clock.advance(Duration.ofMinutes(5));
        assertThat(iterators.take(text).offset()).isEqualTo(3);

        clock.advance(Duration.ofMillis(1));
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> iterators.take(text))
                .withMessage(
                        "Iterator expired. The iterator was created at time Sun Mar 01 10:00:00 UTC 2026 while right"
                                + " now it is Sun Mar 01 10:05:00 UTC 2026 which is further in the future than the tolerated"
                                + " delay of 300000 milliseconds.")
                .satisfies(expired -> assertThat(expired.type()).isEqualTo("ExpiredIteratorException"));
    }

    @Test
    void theLongestNameOfAStreamFits() {
        String name = "s".repeat(128);

        String text = iterators.give(name, 1, 2, 3);

        assertThat(text).hasSizeLessThanOrEqualTo(512);
        assertThat(iterators.take(text).streamName()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\"", "\"\"", "AAAA", "AAAAAAAAAAE=", "no iterator"})
    void whatIsNoIteratorIsRefused(String text) {
        assertInvalid(text);
    }

    @Test
    void aTokenForSomethingElseIsRefused() {
        assertInvalid(tokens.seal((byte) 'S', new byte[40]));
    }

    @Test
    void anIteratorOfAnotherInstallationIsRefused() {
        SealedTokens other =
                new SealedTokens(new SecretKeySpec(new byte[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1, 2, 3, 4, 5, 6}, "AES"));

        assertInvalid(new ShardIterators(other, clock).give("clicks", 1, 2, 3));
    }

    private void assertInvalid(String text) {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> iterators.take(text))
                .withMessage("Invalid ShardIterator.")
                .satisfies(invalid -> assertThat(invalid.type()).isEqualTo("InvalidArgumentException"));
    }
}
