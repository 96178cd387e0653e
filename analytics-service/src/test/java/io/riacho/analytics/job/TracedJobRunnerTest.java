package io.riacho.analytics.job;

import static io.riacho.tracing.TestCollector.text;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.proto.trace.v1.Span;
import io.opentelemetry.proto.trace.v1.Status;
import io.riacho.tracing.TestCollector;
import io.riacho.tracing.Tracing;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** By the contract of the jobs in memory that it traces, and what it tells of them. */
class TracedJobRunnerTest extends MemoryJobsTest {

    private final TestCollector collector = new TestCollector();
    private final Tracing tracing = collector.tracing();
    private final JobRunner runner = TracedJobRunner.of(jobs, tracing);

    @AfterEach
    void stop() {
        tracing.close();
        collector.close();
    }

    @Test
    void startsAndStopsAreTold() {
        String job = runner.start(endless("run-1"), null, false);
        runner.stop(job);

        Span started = collector.await("start", span -> span.getName().equals("start job"));
        assertThat(text(started, "riacho.application")).isEqualTo("app");
        assertThat(text(started, "riacho.run")).isEqualTo("run-1");
        Span stopped = collector.await("stop", span -> span.getName().equals("stop job"));
        assertThat(text(stopped, "riacho.job")).isEqualTo(job);
    }

    @Test
    void aStartThatFailsIsToldAsOneWithoutTheCode() {
        assertThatThrownBy(() -> runner.start(wrong("run-2"), null, false)).isInstanceOf(CodeException.class);

        Span started = collector.await("start", span -> span.getName().equals("start job"));
        assertThat(started.getStatus().getCode()).isEqualTo(Status.StatusCode.STATUS_CODE_ERROR);
        assertThat(text(started, "error.type")).isEqualTo("CodeException");
        assertThat(started.toString()).doesNotContain("BROKEN");
    }

    @Test
    void whereNothingIsTracedItIsTheRunnerItself() {
        assertThat(TracedJobRunner.of(jobs, Tracing.OFF)).isSameAs(jobs);
    }

    @Override
    protected JobRunner runner() {
        return runner;
    }
}
