package io.riacho.access;

import io.riacho.tracing.Tracing;
import java.util.Map;
import software.amazon.awssdk.core.interceptor.Context;
import software.amazon.awssdk.core.interceptor.ExecutionAttribute;
import software.amazon.awssdk.core.interceptor.ExecutionAttributes;
import software.amazon.awssdk.core.interceptor.ExecutionInterceptor;
import software.amazon.awssdk.http.SdkHttpRequest;

/** Tells the server that is asked of the span that the asking is a part of. Safe for use by many threads. */
final class TraceHeaders implements ExecutionInterceptor {

    private static final ExecutionAttribute<Map<String, String>> HEADERS = new ExecutionAttribute<>("riacho.trace");

    /** By the thread that asks; the request may be sent by another. */
    @Override
    public void beforeExecution(Context.BeforeExecution context, ExecutionAttributes attributes) {
        Map<String, String> headers = Tracing.current().headers();
        if (!headers.isEmpty()) {
            attributes.putAttribute(HEADERS, headers);
        }
    }

    @Override
    public SdkHttpRequest modifyHttpRequest(Context.ModifyHttpRequest context, ExecutionAttributes attributes) {
        Map<String, String> headers = attributes.getAttribute(HEADERS);
        if (headers == null) {
            return context.httpRequest();
        }
        SdkHttpRequest.Builder request = context.httpRequest().toBuilder();
        headers.forEach(request::putHeader);
        return request.build();
    }
}
