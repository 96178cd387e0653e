package io.riacho.tracing;

import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;

/**
 * A span that goes on, and is the current one of its thread meanwhile: closed by the same thread, in the reverse order. One
 * that nobody records takes everything and does nothing.
 */
public final class OpenSpan implements AutoCloseable {

    /** What there is where nothing is traced. */
    public static final OpenSpan NONE = new OpenSpan(Span.getInvalid(), null, false);

    private static final String ERROR_TYPE = "error.type";

    private final Span span;
    private @Nullable Scope scope;
    private final boolean isToldInLogs;

    private OpenSpan(Span span, @Nullable Scope scope, boolean isToldInLogs) {
        this.span = span;
        this.scope = scope;
        this.isToldInLogs = isToldInLogs;
    }

    /** @param isFirst whether it is the first of this process in its trace, whose ids log lines carry */
    @SuppressWarnings("MustBeClosedChecker") // The scope is closed with what is made of it.
    static OpenSpan of(Span span, Context context, boolean isFirst) {
        boolean isToldInLogs = isFirst && span.getSpanContext().isSampled();
        if (isToldInLogs) {
            MDC.put(LogFields.TRACE_ID, span.getSpanContext().getTraceId());
            MDC.put(LogFields.SPAN_ID, span.getSpanContext().getSpanId());
        }
        return new OpenSpan(span, context.with(span).makeCurrent(), isToldInLogs);
    }

    /** Whether what is said of it gets anywhere; where not, it need not be made. */
    public boolean isRecorded() {
        return span.isRecording();
    }

    /** What other spans link to. */
    public SpanContext context() {
        return span.getSpanContext();
    }

    public OpenSpan named(String name) {
        span.updateName(name);
        return this;
    }

    /** Nothing where there is no value. Never a secret, and nothing of a record but its size. */
    public OpenSpan with(String name, @Nullable String value) {
        if (value != null) {
            span.setAttribute(name, value);
        }
        return this;
    }

    public OpenSpan with(String name, long value) {
        span.setAttribute(name, value);
        return this;
    }

    /** Something that happened by now. */
    public OpenSpan event(String name) {
        span.addEvent(name);
        return this;
    }

    /** It was refused: what is asked for, not what serves it, is at fault. */
    public OpenSpan refused(String errorType) {
        span.setAttribute(ERROR_TYPE, errorType);
        return this;
    }

    /** @param errorType one of few, such as an error code */
    public OpenSpan failed(String errorType) {
        span.setAttribute(ERROR_TYPE, errorType);
        span.setStatus(StatusCode.ERROR);
        return this;
    }

    /** Ends it; what is done after the first time does nothing. */
    @Override
    public void close() {
        Scope open = scope;
        if (open == null) {
            return;
        }
        scope = null;
        open.close();
        if (isToldInLogs) {
            MDC.remove(LogFields.TRACE_ID);
            MDC.remove(LogFields.SPAN_ID);
        }
        span.end();
    }
}
