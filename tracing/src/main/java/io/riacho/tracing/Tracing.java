package io.riacho.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Begins spans. Where tracing is off, that is a look at a field: nothing is made, and no thread is asked for its current span.
 * Safe for use by many threads.
 */
public final class Tracing implements AutoCloseable {

    /** Traces nothing. */
    public static final Tracing OFF = new Tracing();

    /** More of one span's links are left out. */
    public static final int MOST_LINKS = 128;

    private static final ContextKey<Tracing> KEY = ContextKey.named("riacho-tracing");
    private static final W3CTraceContextPropagator W3C = W3CTraceContextPropagator.getInstance();
    private static final String NAME = "io.riacho";
    private static final int PATIENCE_SECONDS = 3;

    private final @Nullable SdkTracerProvider provider;
    private final @Nullable Tracer tracer;

    private Tracing() {
        provider = null;
        tracer = null;
    }

    /** @param provider closed with this */
    Tracing(SdkTracerProvider provider) {
        this.provider = provider;
        this.tracer = provider.get(NAME);
    }

    /** That of what the thread does now; {@link #OFF} where that is not traced. For all but the way of a record. */
    public static Tracing current() {
        Tracing current = Context.current().get(KEY);
        return current == null ? OFF : current;
    }

    public boolean isOn() {
        return tracer != null;
    }

    /** The span of a request from outside, in the trace that its headers tell of or in a new one. */
    public OpenSpan serve(String name, RequestHeaders headers) {
        Tracer using = tracer;
        if (using == null) {
            return OpenSpan.NONE;
        }
        Context parent = W3C.extract(Context.root().with(KEY, this), headers, CallersTrace.GETTER);
        return OpenSpan.of(
                using.spanBuilder(name)
                        .setParent(parent)
                        .setSpanKind(SpanKind.SERVER)
                        .startSpan(),
                parent,
                true);
    }

    /**
     * A span with which a trace begins. It is recorded where one of the links is.
     *
     * @param links to what led to it, in other traces; those behind the first {@link #MOST_LINKS} are left out
     */
    public OpenSpan begin(String name, Collection<SpanContext> links) {
        Tracer using = tracer;
        if (using == null) {
            return OpenSpan.NONE;
        }
        Context root = Context.root().with(KEY, this);
        SpanBuilder builder = using.spanBuilder(name).setParent(root).setSpanKind(SpanKind.CONSUMER);
        links.stream().limit(MOST_LINKS).forEach(builder::addLink);
        return OpenSpan.of(builder.startSpan(), root, true);
    }

    /** A part of what the thread does now. */
    public OpenSpan child(String name) {
        return child(name, SpanKind.INTERNAL);
    }

    /** A question to another server, as a part of what the thread does now. */
    public OpenSpan call(String name) {
        return child(name, SpanKind.CLIENT);
    }

    private OpenSpan child(String name, SpanKind kind) {
        Tracer using = tracer;
        if (using == null || !Span.current().isRecording()) {
            return OpenSpan.NONE;
        }
        Context parent = Context.current();
        return OpenSpan.of(
                using.spanBuilder(name).setParent(parent).setSpanKind(kind).startSpan(), parent, false);
    }

    /** The headers by which a request to another server tells of the thread's current span; empty where there is none. */
    public Map<String, String> headers() {
        if (tracer == null || !Span.current().getSpanContext().isValid()) {
            return Map.of();
        }
        Map<String, String> headers = HashMap.newHashMap(2);
        W3C.inject(Context.current(), headers, (carrier, name, value) -> {
            if (carrier != null) {
                carrier.put(name, value);
            }
        });
        return headers;
    }

    /** Sends what is not sent yet, for a few seconds. */
    @Override
    public void close() {
        if (provider != null) {
            var _ = provider.shutdown().join(PATIENCE_SECONDS, TimeUnit.SECONDS);
        }
    }
}
