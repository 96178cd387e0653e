package io.riacho.protocol.server;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.model.ModelError;
import io.riacho.protocol.query.QueryErrors;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Map;

/**
 * For clients that knew an API by its Query protocol before they called it by another: they ask for the names that its
 * errors had there.
 *
 * @see <a href="https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#aws-protocols-awsquerycompatible-trait">
 *     awsQueryCompatible trait</a>
 */
final class QueryMode {

    private QueryMode() {}

    static boolean isAskedFor(HttpServletRequest request) {
        return "true".equals(request.getHeader("x-amzn-query-mode"));
    }

    /** @param errors the API's own errors by the names of their shapes */
    static void tell(HttpServletResponse response, AwsException error, Map<String, ModelError> errors) {
        String code = QueryErrors.translated(error, errors).type();
        response.setHeader("x-amzn-query-error", code + (error.status() < 500 ? ";Sender" : ";Receiver"));
    }
}
