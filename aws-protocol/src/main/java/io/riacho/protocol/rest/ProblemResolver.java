package io.riacho.protocol.rest;

import io.riacho.protocol.AwsException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Set;
import org.apache.catalina.connector.ClientAbortException;
import org.apache.coyote.CloseNowException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.core.Ordered;
import org.springframework.http.HttpMethod;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/** Tells clients of REST APIs what went wrong, as {@link Problems} do; what is nobody's mistake but ours is logged. */
final class ProblemResolver implements HandlerExceptionResolver, Ordered {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemResolver.class);

    @Override
    public int getOrder() {
        return Ordered.HIGHEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception problem) {
        if (!RestRequests.isRest(request)
                || problem instanceof ClientAbortException
                || problem instanceof CloseNowException
                || response.isCommitted()) {
            return null;
        }
        if (problem instanceof HttpRequestMethodNotSupportedException method) {
            allow(response, method.getSupportedHttpMethods());
        }
        try {
            Problems.send(request, response, error(request, problem));
        } catch (IOException e) {
            LOG.debug("{}: the client went away", RestRequests.id(request), e);
        }
        return new ModelAndView();
    }

    private static AwsException error(HttpServletRequest request, Exception problem) {
        return switch (problem) {
            case AwsException e -> e;
            case MethodArgumentTypeMismatchException e -> RestErrors.badValue(e.getName());
            case TypeMismatchException e -> RestErrors.badValue(String.valueOf(e.getPropertyName()));
            case MissingServletRequestParameterException e -> RestErrors.missing(e.getParameterName());
            case MultipartException _ -> RestErrors.ofStatus(415);
            case HttpMessageNotReadableException _ -> RestErrors.unreadable();
            case ErrorResponse e
            when e.getStatusCode().is4xxClientError() ->
                RestErrors.ofStatus(e.getStatusCode().value());
            default -> {
                LOG.error("{} {} failed", RestRequests.id(request), request.getRequestURI(), problem);
                yield RestErrors.internalFailure();
            }
        };
    }

    /** RFC 9110, section 15.5.6. */
    private static void allow(HttpServletResponse response, @Nullable Set<HttpMethod> methods) {
        if (methods != null) {
            response.setHeader(
                    "Allow",
                    String.join(
                            ", ",
                            methods.stream().map(HttpMethod::name).sorted().toList()));
        }
    }
}
