package io.riacho.tracing;

import static io.riacho.tracing.TestCollector.traceId;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.MDC;

class TracingTest {

    private static final String TRACE = "0af7651916cd43dd8448eb211c80319c";
    private static final String SPAN = "b7ad6b7169203331";
    private static final String SAMPLED = "00-" + TRACE + "-" + SPAN + "-01";
    private static final String NOT_SAMPLED = "00-" + TRACE + "-" + SPAN + "-00";
    private static final int QUEUE = 64;

    private final TestCollector collector = new TestCollector();

    @AfterEach
    void stop() {
        collector.close();
    }

    @Test
    void aRequestIsAPartOfItsCallersTraceAndWhatIsDoneForItAPartOfTheRequest() {
        try (Tracing tracing = tracing(1)) {
            try (OpenSpan request = tracing.serve("request", headers("traceparent", SAMPLED));
                    OpenSpan step = tracing.child("step")) {
                step.with("riacho.records", 3);
            }
        }
        Span request = collector.await("request", span -> span.getName().equals("request"));
        assertThat(traceId(request)).isEqualTo(TRACE);
        assertThat(request.getParentSpanId().toByteArray()).asHexString().isEqualToIgnoringCase(SPAN);
        Span step = collector.awaitChild(request, "step");
        assertThat(TestCollector.text(step, "riacho.records")).isEqualTo("3");
        assertThat(collector.services()).containsOnly("tested");
    }

    @Test
    void aCallerWhoseTraceIsNotRecordedIsHeededWhateverTheSampling() {
        try (Tracing tracing = tracing(1)) {
            try (OpenSpan request = tracing.serve("request", headers("traceparent", NOT_SAMPLED))) {
                assertThat(request.isRecorded()).isFalse();
                assertThat(tracing.child("step")).isSameAs(OpenSpan.NONE);
                assertThat(tracing.headers().get("traceparent"))
                        .startsWith("00-" + TRACE)
                        .endsWith("-00");
            }
        }
        assertThat(collector.spans()).isEmpty();
    }

    @Test
    void whereNoTraceIsRecordedACallersOwnIs() {
        try (Tracing tracing = tracing(0);
                OpenSpan request = tracing.serve("request", headers("traceparent", SAMPLED))) {
            assertThat(request.isRecorded()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "00",
                "00-" + TRACE + "-" + SPAN,
                "ff-" + TRACE + "-" + SPAN + "-01",
                "00-" + TRACE + "-" + SPAN + "-01-more",
                "00-00000000000000000000000000000000-" + SPAN + "-01",
                "00-" + TRACE + "-0000000000000000-01",
                "00-../../../etc/passwd-" + SPAN + "-01"
            })
    void aHeaderThatIsNoTraceParentIsLeftOut(String sent) {
        try (Tracing tracing = tracing(1);
                OpenSpan request = tracing.serve("request", headers("traceparent", sent))) {
            assertThat(request.context().isValid()).isTrue();
            assertThat(request.context().getTraceId()).isNotEqualTo(TRACE);
        }
    }

    @Test
    void aTraceParentThatIsSentTwiceIsLeftOut() {
        try (Tracing tracing = tracing(1);
                OpenSpan request = tracing.serve("request", _ -> Collections.enumeration(List.of(SAMPLED, SAMPLED)))) {
            assertThat(request.context().getTraceId()).isNotEqualTo(TRACE);
        }
    }

    @Test
    void aTraceStateIsPassedOnUnlessItIsLong() {
        String state = "vendor=" + "x".repeat(200);
        String longState = "vendor=" + "x".repeat(250) + ",other=" + "y".repeat(250) + ",third=z";
        try (Tracing tracing = tracing(1)) {
            try (OpenSpan _ = tracing.serve("short", headers("traceparent", SAMPLED, "tracestate", state))) {
                assertThat(tracing.headers()).containsEntry("tracestate", state);
            }
            try (OpenSpan request = tracing.serve("long", headers("traceparent", SAMPLED, "tracestate", longState))) {
                assertThat(request.context().getTraceId()).isEqualTo(TRACE);
                assertThat(tracing.headers()).doesNotContainKey("tracestate");
            }
        }
    }

    @Test
    void aRequestToAnotherServerTellsOfTheSpanThatItIsAPartOf() {
        try (Tracing tracing = tracing(1);
                OpenSpan request = tracing.serve("request", headers())) {
            assertThat(tracing.headers()).containsOnlyKeys("traceparent");
            assertThat(tracing.headers().get("traceparent"))
                    .matches("00-" + request.context().getTraceId() + "-"
                            + request.context().getSpanId() + "-0[13]");
            assertThat(Tracing.current()).isSameAs(tracing);
        }
        assertThat(Tracing.current()).isSameAs(Tracing.OFF);
    }

    @Test
    void logLinesCarryTheIdsOfARecordedTraceAsLongAsItGoesOn() {
        try (Tracing tracing = tracing(1)) {
            try (OpenSpan request = tracing.serve("request", headers())) {
                try (OpenSpan _ = tracing.child("step")) {
                    assertThat(MDC.get("traceId")).isEqualTo(request.context().getTraceId());
                }
                assertThat(MDC.get("spanId")).isEqualTo(request.context().getSpanId());
            }
            assertThat(MDC.getCopyOfContextMap())
                    .satisfiesAnyOf(
                            map -> assertThat(map).isNull(),
                            map -> assertThat(map).isEmpty());
            try (OpenSpan _ = tracing.serve("request", headers("traceparent", NOT_SAMPLED))) {
                assertThat(MDC.get("traceId")).isNull();
            }
        }
    }

    @Test
    void whatLinksToARecordedTraceIsRecordedAndWhatLinksToNoneIsNot() {
        try (Tracing tracing = tracing(0)) {
            SpanContext recorded;
            SpanContext other;
            try (OpenSpan put = tracing.serve("put", headers("traceparent", SAMPLED))) {
                recorded = put.context();
            }
            try (OpenSpan put = tracing.serve("put", headers())) {
                other = put.context();
            }
            try (OpenSpan delivery = tracing.begin("delivery", List.of(other))) {
                assertThat(delivery.isRecorded()).isFalse();
            }
            try (OpenSpan delivery = tracing.begin("linked", List.of(other, recorded))) {
                assertThat(delivery.context().getTraceId()).isNotEqualTo(TRACE);
            }
        }
        Span put = collector.await("put", span -> span.getName().equals("put"));
        Span delivery = collector.await("linked", span -> span.getName().equals("linked"));
        assertThat(TestCollector.isLinked(delivery, put)).isTrue();
        assertThat(delivery.getParentSpanId().isEmpty()).isTrue();
    }

    @Test
    void aSpanHasABoundedNumberOfLinks() {
        try (Tracing tracing = tracing(1)) {
            List<SpanContext> links = IntStream.range(0, 1_000)
                    .mapToObj(_ -> {
                        try (OpenSpan put = tracing.serve("put", headers("traceparent", NOT_SAMPLED))) {
                            return put.context();
                        }
                    })
                    .toList();
            tracing.begin("delivery", links).close();
        }
        Span delivery = collector.await("delivery", span -> span.getName().equals("delivery"));
        assertThat(delivery.getLinksCount()).isEqualTo(Tracing.MOST_LINKS);
        assertThat(delivery.getDroppedLinksCount()).isZero();
    }

    @Test
    void whatAStuckCollectorDoesNotTakeIsLostBehindAQueue() {
        collector.hang();
        try (Tracing tracing = tracing(1)) {
            for (int i = 0; i < 100 * QUEUE; i++) {
                tracing.serve("request", headers()).close();
            }
            collector.answer();
        }
        assertThat(collector.spans()).isNotEmpty().hasSizeLessThan(10 * QUEUE);
    }

    @Test
    void headersOfTheFileAreSentAndReadAgain(@TempDir Path folder) throws IOException {
        Path file = folder.resolve("headers");
        Files.writeString(file, "Authorization: Bearer first\n\n");
        try (Tracing tracing =
                new TracingConfiguration().tracing(properties(collector.endpoint(), 1, file), "tested")) {
            tracing.serve("one", headers()).close();
            collector.await("one", span -> span.getName().equals("one"));
            Files.writeString(file, "Authorization: Bearer second");
            tracing.serve("two", headers()).close();
            collector.await("two", span -> span.getName().equals("two"));
            assertThat(collector.authorizations()).containsExactly("Bearer first", "Bearer second");
        }
        assertThat(new ExportHeaders(file).toString()).doesNotContain("second");
    }

    @Test
    void aFileThatHasNoHeadersIsNotToldInTheError(@TempDir Path folder) throws IOException {
        Path file = Files.writeString(folder.resolve("headers"), "A: b\nsecret without a name");
        assertThatThrownBy(() -> new ExportHeaders(file))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("line 2")
                .hasMessageNotContaining("secret");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ftp://collector:21",
                "http://user:password@collector:4318",
                "http:///v1",
                "collector:4318",
                "http://collector:4318/?token=password"
            })
    void anEndpointThatIsNoneOrTellsASecretIsRefused(String endpoint) {
        assertThatThrownBy(() -> properties(URI.create(endpoint), 1, null))
                .hasMessageContaining("riacho.tracing.endpoint")
                .hasMessageNotContaining("password");
    }

    @ParameterizedTest
    @ValueSource(doubles = {-0.1, 1.1, Double.NaN})
    void aSamplingThatIsNoPartIsRefused(double sampling) {
        assertThatThrownBy(() -> properties(collector.endpoint(), sampling, null))
                .hasMessageContaining("riacho.tracing.sampling");
    }

    @Test
    void whereItIsOffNothingIsMade() {
        Tracing off = new TracingConfiguration().tracing(properties(null, 1, null), "tested");
        assertThat(off).isSameAs(Tracing.OFF);
        assertThat(off.isOn()).isFalse();
        assertThat(off.serve("request", headers("traceparent", SAMPLED))).isSameAs(OpenSpan.NONE);
        assertThat(off.child("step")).isSameAs(OpenSpan.NONE);
        assertThat(off.begin("delivery", List.of())).isSameAs(OpenSpan.NONE);
        assertThat(off.headers()).isEmpty();
    }

    private Tracing tracing(double sampling) {
        return new TracingConfiguration().tracing(properties(collector.endpoint(), sampling, null), "tested");
    }

    private static TracingProperties properties(@Nullable URI endpoint, double sampling, @Nullable Path headers) {
        return new TracingProperties(endpoint, sampling, null, headers, null, Duration.ofMillis(50), QUEUE);
    }

    private static RequestHeaders headers(String... pairs) {
        return name -> {
            for (int i = 0; i < pairs.length; i += 2) {
                if (pairs[i].equals(name)) {
                    return Collections.enumeration(List.of(Objects.requireNonNull(pairs[i + 1])));
                }
            }
            return Collections.emptyEnumeration();
        };
    }
}
