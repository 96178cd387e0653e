package io.riacho.protocol.authority;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.AwsException;
import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class FreshAnswersTest {

    private static final Duration A_MOMENT = Duration.ofMillis(1);

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1_000_000_000);
    private final AtomicLong generation = new AtomicLong();
    private final AtomicInteger asked = new AtomicInteger();
    private volatile boolean isAnswering = true;
    private volatile Duration answerTime = Duration.ZERO;
    private volatile CountDownLatch askedAgain = new CountDownLatch(1);
    private final FreshAnswers<String, Integer> answers = new FreshAnswers<>(generation::get, this::ask, now::get);

    private Integer ask(String key) throws IOException {
        try {
            now.addAndGet(answerTime.toNanos());
            if (!isAnswering) {
                throw new IOException("nobody answers");
            }
            return asked.incrementAndGet();
        } finally {
            if (asked.get() != 1 || !isAnswering) {
                askedAgain.countDown();
            }
        }
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    private void assertUnavailable() {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> answers.get("a"))
                .matches(e -> e.status() == 503 && e.type().equals("ServiceUnavailable"));
    }

    @Test
    void anAnswerIsGivenAgainWhileItIsFresh() {
        assertThat(answers.get("a")).isEqualTo(1);
        pass(FreshAnswers.STALE.minus(A_MOMENT));

        assertThat(answers.get("a")).isEqualTo(1);
        assertThat(asked).hasValue(1);
        assertThat(answers.get("b")).isEqualTo(2);
    }

    @Test
    void changesCountWithinFiveSecondsThoughTwoRememberOneAfterTheOther() {
        assertThat(FreshAnswers.OLDEST.multipliedBy(2)).isLessThan(Duration.ofSeconds(5));
        assertThat(FreshAnswers.STALE).isLessThan(FreshAnswers.OLDEST);
    }

    @Test
    void nothingOlderIsGivenWhereNobodyAnswers() {
        answers.get("a");
        isAnswering = false;
        pass(FreshAnswers.OLDEST.minus(A_MOMENT));
        assertThat(answers.get("a")).isEqualTo(1);

        pass(A_MOMENT);
        assertUnavailable();
    }

    @Test
    void theAgeCountsFromBeforeItWasAskedFor() {
        answerTime = FreshAnswers.OLDEST.minus(A_MOMENT);
        assertThat(answers.get("a")).isEqualTo(1);

        pass(A_MOMENT);
        answerTime = Duration.ZERO;
        assertThat(answers.get("a")).isNotEqualTo(1);
    }

    @Test
    void anAnswerThatTookTooLongIsNotGiven() {
        answerTime = FreshAnswers.OLDEST;
        assertUnavailable();
    }

    @Test
    void whatIsUsedOftenIsAskedForAgainInTheBackground() throws InterruptedException {
        answers.get("a");
        pass(FreshAnswers.STALE.plus(A_MOMENT));

        assertThat(answers.get("a")).as("whichever is there").isIn(1, 2);
        assertThat(askedAgain.await(40, TimeUnit.SECONDS)).isTrue();
        while (answers.get("a") != 2) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aFailureInTheBackgroundIsNoneYetAndIsNotRemembered() throws InterruptedException {
        answers.get("a");
        isAnswering = false;
        pass(FreshAnswers.STALE.plus(A_MOMENT));
        assertThat(answers.get("a")).isEqualTo(1);
        assertThat(askedAgain.await(40, TimeUnit.SECONDS)).isTrue();
        assertThat(answers.get("a")).isEqualTo(1);

        pass(FreshAnswers.OLDEST);
        assertUnavailable();
        isAnswering = true;
        assertThat(answers.get("a"))
                .as("of this question, or of one more in the background")
                .isIn(2, 3);
    }

    @Test
    void whatWasLearntBeforeAChangeOfThisProcessDoesNotCount() {
        answers.get("a");
        generation.incrementAndGet();
        assertThat(answers.get("a")).isEqualTo(2);

        generation.incrementAndGet();
        isAnswering = false;
        assertUnavailable();
    }
}
