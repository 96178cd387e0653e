package io.riacho.protocol.server;

import io.riacho.protocol.RequestContext;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;

/**
 * What the span of a request tells: what was asked for, by whom, and how it was answered. Nothing of what was sent.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/semconv/registry/attributes/rpc/">Semantic conventions: RPC</a>
 */
public final class RequestSpans {

    private static final int SERVER_ERROR = 500;
    private static final String UNKNOWN = "unknown";

    private RequestSpans() {}

    /** In the trace of the caller, where its headers tell of one. */
    public static OpenSpan begin(Tracing tracing, HttpServletRequest request, String requestId) {
        return tracing.isOn()
                ? tracing.serve(UNKNOWN, request::getHeaders).with("aws.request_id", requestId)
                : OpenSpan.NONE;
    }

    /** Says why a request was not served. */
    public static void failed(OpenSpan span, String errorType, int status) {
        if (status < SERVER_ERROR) {
            span.refused(errorType);
        } else {
            span.failed(errorType);
        }
    }

    /** Ends the span of an operation's call. */
    static void end(OpenSpan span, @Nullable Operation operation, @Nullable RequestContext context, int status) {
        if (span.isRecorded()) {
            span.with("rpc.system", "aws-api");
            if (operation != null) {
                span.named(operation.service() + '/' + operation.name())
                        .with("rpc.service", operation.service())
                        .with("rpc.method", operation.name());
            }
            answered(span, context, status);
        }
        span.close();
    }

    /** Ends the span of another request. */
    public static void end(
            OpenSpan span,
            HttpServletRequest request,
            @Nullable String route,
            @Nullable RequestContext context,
            int status) {
        if (span.isRecorded()) {
            span.named(route == null ? request.getMethod() : request.getMethod() + ' ' + route)
                    .with("http.request.method", request.getMethod())
                    .with("http.route", route);
            answered(span, context, status);
        }
        span.close();
    }

    private static void answered(OpenSpan span, @Nullable RequestContext context, int status) {
        span.with("http.response.status_code", status);
        if (context != null) {
            span.with("enduser.id", context.principalArn());
        }
    }
}
