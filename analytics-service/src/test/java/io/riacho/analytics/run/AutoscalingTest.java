package io.riacho.analytics.run;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.job.MemoryJobs;
import io.riacho.postgres.TestPostgres;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.ApplicationStatus;

/** Applications that are given more parallelism while they have too much to do, by a clock that the test moves. */
class AutoscalingTest {

    private static final Duration LOOK = Duration.ofSeconds(15);
    private static final int MOST = 4;

    private static final MemoryJobs JOBS = new MemoryJobs();
    private static AnalyticsServer server;

    private int steps;

    @BeforeAll
    static void start() {
        server = new AnalyticsServer(
                List.of(AnalyticsServer.Application.class, Clock.class),
                TestPostgres.newDatabase(),
                AnalyticsServer.newFolder(),
                JOBS,
                // Each step of the clock is waited for, of which there are hundreds.
                AnalyticsServer.POLL_INTERVAL + "10ms",
                "--riacho.analytics.flink.max-parallelism=" + MOST);
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Test
    void aBusyApplicationIsScaledUpToTheMostAndAnIdleOneDownToWhatIsConfigured() {
        String job = run("scaled", true);

        work(job, "scaled", Duration.ofMinutes(3), 950, 0);
        await("scaled", 2);
        work(job, "scaled", Duration.ofMinutes(8), 950, 0);
        await("scaled", MOST);
        work(job, "scaled", Duration.ofMinutes(60), 20, 0);
        await("scaled", 1);
        work(job, "scaled", Duration.ofMinutes(20), 20, 0);

        assertThat(parallelism("scaled")).isEqualTo(1);
        assertThat(JOBS.of("scaled"))
                .singleElement()
                .satisfies(each -> assertThat(each.parallelism()).isEqualTo(1));
    }

    @Test
    void anApplicationThatLagsIsScaledUp() {
        String job = run("late", true);

        work(job, "late", Duration.ofMinutes(3), 600, 120_000);

        await("late", 2);
    }

    @Test
    void anApplicationWithoutAutoscalingKeepsItsParallelism() {
        String job = run("fixed", false);

        work(job, "fixed", Duration.ofMinutes(10), 1000, 1_000_000);

        assertThat(parallelism("fixed")).isEqualTo(1);
        assertThat(JOBS.of("fixed"))
                .singleElement()
                .satisfies(each -> assertThat(each.parallelism()).isEqualTo(1));
    }

    /** Until so much time has passed, in which the job was looked at again and again. */
    private void work(String job, String name, Duration time, double busy, double behind) {
        Instant end = Clock.NOW.get().plus(time);
        while (Clock.NOW.get().isBefore(end)) {
            double step = ++steps;
            JOBS.measure(job, Map.of("busyTimeMsPerSecond", busy, "millisBehindLatest", behind, "step", step));
            Clock.NOW.updateAndGet(now -> now.plus(LOOK));
            AnalyticsServer.await(
                    () -> Objects.equals(
                            server.bean(Engine.class)
                                    .metrics(application(name).id())
                                    .get("step"),
                            step),
                    "the job is looked at");
        }
    }

    private static void await(String name, int parallelism) {
        AnalyticsServer.await(
                () -> parallelism(name) == parallelism
                        && application(name).status() == ApplicationStatus.RUNNING
                        && JOBS.of(name).getLast().parallelism() == parallelism,
                "the parallelism is " + parallelism);
    }

    private static Application application(String name) {
        return server.bean(Applications.class).get(name);
    }

    private static int parallelism(String name) {
        return application(name)
                .definition()
                .configuration()
                .flinkApplicationConfigurationDescription()
                .parallelismConfigurationDescription()
                .currentParallelism();
    }

    private static String run(String name, boolean scales) {
        Clock.NOW.set(Instant.now());
        server.second()
                .createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("FLINK-1_20")
                        .serviceExecutionRole(AnalyticsServer.ROLE)
                        .applicationConfiguration(configuration -> configuration
                                .flinkApplicationConfiguration(
                                        flink -> flink.parallelismConfiguration(parallelism -> parallelism
                                                .configurationType("CUSTOM")
                                                .parallelism(1)
                                                .autoScalingEnabled(scales)))
                                .applicationCodeConfiguration(code -> code.codeContentType("PLAINTEXT")
                                        .codeContent(content -> content.textContent(RecoveryTest.CODE)))));
        server.second().startApplication(request -> request.applicationName(name));
        server.awaitStatus(name, "RUNNING");
        return JOBS.awaitRunning(name).id();
    }

    @Configuration(proxyBeanMethods = false)
    static class Clock {

        static final AtomicReference<Instant> NOW = new AtomicReference<>(Instant.now());

        @Bean
        InstantSource clock() {
            return NOW::get;
        }
    }
}
