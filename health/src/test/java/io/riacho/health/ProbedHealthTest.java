package io.riacho.health;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.health.contributor.Health;
import org.springframework.boot.health.contributor.Status;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;

@Timeout(60)
class ProbedHealthTest {

    private static final Duration PATIENT = Duration.ofSeconds(30);

    @Test
    void aFaultIsToldInTheProbesWordsAndAnExceptionsMessageIsNot() {
        Health faulty = new ProbedHealth("part", PATIENT, () -> Optional.of("has no room")).health();
        assertThat(faulty.getStatus()).isEqualTo(Status.DOWN);
        assertThat(faulty.getDetails()).isEqualTo(Map.of("reason", "has no room"));
        Health failing = new ProbedHealth("part", PATIENT, () -> {
                    throw new IllegalStateException("password=secret");
                })
                .health();
        assertThat(failing.getStatus()).isEqualTo(Status.DOWN);
        assertThat(failing.getDetails()).isEqualTo(Map.of("reason", "fails"));
    }

    @Test
    void aProbeThatHangsIsWaitedForOnceAndAskedAgainWhenItHasEnded() throws Exception {
        AtomicInteger probes = new AtomicInteger();
        CountDownLatch hanging = new CountDownLatch(1);
        ProbedHealth health = new ProbedHealth("part", Duration.ofMillis(100), () -> {
            if (probes.incrementAndGet() == 1) {
                hanging.await();
            }
            return Optional.empty();
        });
        for (int i = 0; i < 5; i++) {
            Health silent = health.health();
            assertThat(silent.getStatus()).isEqualTo(Status.DOWN);
            assertThat(silent.getDetails()).isEqualTo(Map.of("reason", "does not answer"));
        }
        assertThat(probes).hasValue(1);
        hanging.countDown();
        while (!health.health().getStatus().equals(Status.UP)) {
            Thread.onSpinWait();
        }
    }

    @Test
    void aMeterIsReadWithoutWaitingForTheProbe() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        ProbedHealth health = new ProbedHealth("part", PATIENT, () -> {
            asked.await();
            return Optional.empty();
        });
        assertThat(health.lastKnown()).isNaN();
        asked.countDown();
        assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        assertThat(health.lastKnown()).isEqualTo(1);
        ProbedHealth faulty = new ProbedHealth("part", PATIENT, () -> Optional.of("fault"));
        faulty.health();
        assertThat(faulty.lastKnown()).isZero();
        ProbedHealth silent = new ProbedHealth("part", Duration.ZERO, () -> {
            new CountDownLatch(1).await();
            return Optional.empty();
        });
        silent.health();
        assertThat(silent.lastKnown()).isZero();
    }

    @Test
    void manyWhoAskAtOnceShareOneProbe() throws Exception {
        AtomicInteger probes = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(1);
        ProbedHealth health = new ProbedHealth("part", PATIENT, () -> {
            probes.incrementAndGet();
            asked.await();
            return Optional.empty();
        });
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Health>> answers = new ArrayList<>();
            for (int i = 0; i < 50; i++) {
                answers.add(threads.submit(() -> health.health()));
            }
            asked.countDown();
            for (Future<Health> answer : answers) {
                assertThat(answer.get().getStatus()).isEqualTo(Status.UP);
            }
        }
        // A second would be made only by who comes a second later.
        assertThat(probes.get()).isLessThan(5);
    }

    @Test
    void anAnswerIsGoodForASecondAndNoLonger() {
        AtomicInteger probes = new AtomicInteger();
        ProbedHealth health = new ProbedHealth("part", PATIENT, () -> {
            probes.incrementAndGet();
            return Optional.empty();
        });
        long begin = System.nanoTime();
        while (probes.get() < 2) {
            assertThat(health.health().getStatus()).isEqualTo(Status.UP);
        }
        assertThat(Duration.ofNanos(System.nanoTime() - begin)).isGreaterThanOrEqualTo(Duration.ofSeconds(1));
    }

    @Test
    void whileAPartIsAskedAgainAMeterTellsWhatWasKnownBefore() throws Exception {
        AtomicInteger probes = new AtomicInteger();
        CountDownLatch asked = new CountDownLatch(1);
        ProbedHealth health = new ProbedHealth("part", Duration.ofHours(1), () -> {
            if (probes.incrementAndGet() == 2) {
                asked.await();
            }
            return Optional.empty();
        });
        health.health();
        while (probes.get() < 2) {
            assertThat(health.lastKnown()).isEqualTo(1);
        }
        assertThat(health.lastKnown()).isEqualTo(1);
        asked.countDown();
    }

    @Test
    void aProbeThatDiesIsAFault() {
        Health dead = new ProbedHealth("part", PATIENT, () -> {
                    throw new LinkageError("secret");
                })
                .health();
        assertThat(dead.getDetails()).isEqualTo(Map.of("reason", "fails"));
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void theLogTellsOfAChangeOnce(CapturedOutput output) {
        AtomicReference<Optional<String>> fault = new AtomicReference<>(Optional.of("has no room"));
        ProbedHealth health = new ProbedHealth("part", PATIENT, fault::get);
        health.health();
        health.health();
        fault.set(Optional.empty());
        while (!health.health().getStatus().equals(Status.UP)) {
            Thread.onSpinWait();
        }
        health.health();
        assertThat(output.getOut()).containsOnlyOnce("part does not work: has no room");
        assertThat(output.getOut()).containsOnlyOnce("part works again");
    }
}
