package io.riacho.tracing;

/** What log lines carry beside their text, by SLF4J's MDC, while a request is served or something is delivered. */
public final class LogFields {

    /** The id of the request, which its answer has as {@code x-amzn-RequestId}. */
    public static final String REQUEST_ID = "requestId";

    /** Where the trace is recorded. */
    static final String TRACE_ID = "traceId";

    /** Of the first span of this process in the trace. */
    static final String SPAN_ID = "spanId";

    private LogFields() {}
}
