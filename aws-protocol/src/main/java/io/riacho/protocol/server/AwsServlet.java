package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import io.riacho.tracing.LogFields;
import io.riacho.tracing.OpenSpan;
import io.riacho.tracing.Tracing;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** Speaks HTTP as AWS does: ids on every answer, errors in the request's protocol, cross-origin requests from anywhere. */
final class AwsServlet extends HttpServlet {

    private static final long serialVersionUID = 1L;
    private static final Logger LOG = LoggerFactory.getLogger(AwsServlet.class);
    private static final String CORS_MAX_AGE_SECONDS = "172800";

    private final transient Protocols protocols;
    private final transient AwsDispatcher dispatcher;
    private final transient Tracing tracing;

    AwsServlet(Protocols protocols, AwsDispatcher dispatcher, Tracing tracing) {
        this.protocols = protocols;
        this.dispatcher = dispatcher;
        this.tracing = tracing;
    }

    @Override
    protected void service(HttpServletRequest request, HttpServletResponse response)
            throws ServletException, IOException {
        String requestId = RequestIds.next();
        response.setHeader("x-amzn-RequestId", requestId);
        MDC.put(LogFields.REQUEST_ID, requestId);
        try {
            serve(request, response, requestId);
        } finally {
            MDC.remove(LogFields.REQUEST_ID);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, String requestId)
            throws ServletException, IOException {
        String origin = request.getHeader("origin");
        if (origin != null) {
            response.setHeader("Access-Control-Allow-Origin", "*");
            if (request.getMethod().equals("OPTIONS")) {
                allowCrossOrigin(request, response);
                return;
            }
            response.setHeader(
                    "Access-Control-Expose-Headers",
                    "x-amzn-RequestId,x-amzn-ErrorType,x-amz-request-id,x-amz-id-2,x-amzn-ErrorMessage,Date");
        }
        response.setHeader("x-amz-id-2", RequestIds.nextExtended());
        long start = System.nanoTime();
        String target = request.getHeader("x-amz-target");
        Call call = protocols.call(request, response, target, requestId);
        OpenSpan span = RequestSpans.begin(tracing, request, requestId);
        try {
            if (call == null) {
                refuse(request, response, target);
            } else {
                answer(call, response, span);
            }
        } finally {
            Operation operation = call == null ? null : call.operation();
            RequestContext context = call == null ? null : call.answer().context();
            RequestLog.answered(operation, context, response.getStatus(), start);
            RequestSpans.end(span, operation, context, response.getStatus());
        }
    }

    private static void refuse(HttpServletRequest request, HttpServletResponse response, @Nullable String target)
            throws IOException {
        if (target == null || !request.getMethod().equals("POST")) {
            Answer.sendXmlError(
                    response,
                    403,
                    "AccessDeniedException",
                    "Unable to determine service/operation name to be authorized");
        } else {
            Answer.sendXmlError(response, 404, "UnknownOperationException", "");
        }
    }

    private void answer(Call call, HttpServletResponse response, OpenSpan span) throws ServletException, IOException {
        try {
            dispatcher.dispatch(call);
            if (call.answer().goesOn()) {
                // It may go on for minutes, of which nothing is kept but what it needs.
                RequestSpans.end(span, call.operation(), call.answer().context(), HttpServletResponse.SC_OK);
                SpentInput.release(call.request());
                call.answer().goOn();
            }
        } catch (AwsException e) {
            RequestSpans.failed(span, e.type(), e.status());
            fail(response, call.answer(), e);
        } catch (MalformedBodyException e) {
            LOG.debug("{} {}: refused by HTTP", call.requestId(), call.name(), e);
        } catch (BodyBrokenOffException | ClientAbortException | CloseNowException e) {
            LOG.debug("{} {}: the client went away", call.requestId(), call.name(), e);
            span.refused("ClientWentAway");
            throw e;
        } catch (IOException | RuntimeException | Error e) {
            LOG.error("{} {} failed", call.requestId(), call.name(), e);
            span.failed("InternalFailure");
            fail(response, call.answer(), WireErrors.internalFailure());
        }
    }

    /** A broken connection is all that can tell the client of an error once half of an answer is under way. */
    private static void fail(HttpServletResponse response, Answer answer, AwsException error)
            throws ServletException, IOException {
        if (response.isCommitted()) {
            throw new ServletException("failed after the answer was begun", error);
        }
        response.resetBuffer();
        if (error.retryAfterSeconds() > 0) {
            response.setHeader("Retry-After", Long.toString(error.retryAfterSeconds()));
        }
        answer.sendError(error);
    }

    private static void allowCrossOrigin(HttpServletRequest request, HttpServletResponse response) {
        String headers = request.getHeader("access-control-request-headers");
        if (headers != null) {
            response.setHeader("Access-Control-Allow-Headers", headers);
        }
        String method = request.getHeader("access-control-request-method");
        if (method != null) {
            response.setHeader("Access-Control-Allow-Methods", method);
        }
        response.setHeader("Access-Control-Max-Age", CORS_MAX_AGE_SECONDS);
        response.setContentLength(0);
    }
}
