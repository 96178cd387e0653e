package io.riacho.tracing;

import io.opentelemetry.context.propagation.TextMapGetter;
import java.util.Enumeration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a caller may tell of its trace. A header that is sent twice or is longer than anybody needs is left out: it is kept with
 * every span of the request.
 *
 * @see <a href="https://www.w3.org/TR/trace-context/#trace-context-http-headers-format">W3C Trace Context, section 3</a>
 */
final class CallersTrace implements TextMapGetter<RequestHeaders> {

    static final CallersTrace GETTER = new CallersTrace();

    /** What everybody has to pass on of {@code tracestate}. */
    private static final int LONGEST = 512;

    private CallersTrace() {}

    @Override
    public Iterable<String> keys(RequestHeaders carrier) {
        return List.of();
    }

    @Override
    public @Nullable String get(@Nullable RequestHeaders carrier, String key) {
        Enumeration<String> values = carrier == null ? null : carrier.of(key);
        if (values == null || !values.hasMoreElements()) {
            return null;
        }
        String value = values.nextElement();
        return values.hasMoreElements() || value.length() > LONGEST ? null : value;
    }
}
