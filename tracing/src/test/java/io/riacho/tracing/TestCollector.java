package io.riacho.tracing;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.common.v1.KeyValue;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.zip.GZIPInputStream;
import org.jspecify.annotations.Nullable;

/** A collector that takes traces by OTLP over HTTP, and keeps them. Safe for use by many threads. */
public final class TestCollector implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final HttpServer server;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final List<Span> spans = new CopyOnWriteArrayList<>();
    private final List<String> services = new CopyOnWriteArrayList<>();
    private final List<String> authorizations = new CopyOnWriteArrayList<>();
    private final Object arrival = new Object();
    private volatile @Nullable CountDownLatch stuck;

    public TestCollector() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.setExecutor(threads);
        server.createContext("/v1/traces", this::take);
        server.start();
    }

    /** For {@code riacho.tracing.endpoint}. */
    public URI endpoint() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** Tracing that sends everything here. */
    public Tracing tracing() {
        TracingProperties properties =
                new TracingProperties(endpoint(), 1, null, null, null, Duration.ofMillis(20), 1_024);
        return new TracingConfiguration().tracing(properties, "tested");
    }

    /** From now on it takes no more than connections, until {@link #answer}. */
    public void hang() {
        stuck = new CountDownLatch(1);
    }

    public void answer() {
        CountDownLatch held = stuck;
        stuck = null;
        if (held != null) {
            held.countDown();
        }
    }

    /** All that came so far. */
    public List<Span> spans() {
        return List.copyOf(spans);
    }

    /** The names of the services that sent something. */
    public List<String> services() {
        return List.copyOf(services);
    }

    /** The header of that name of each request. */
    public List<String> authorizations() {
        return List.copyOf(authorizations);
    }

    /** The first one of these that comes, or came. */
    public Span await(String what, Predicate<Span> wanted) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        synchronized (arrival) {
            while (true) {
                for (Span span : spans) {
                    if (wanted.test(span)) {
                        return span;
                    }
                }
                long left = deadline - System.nanoTime();
                if (left <= 0) {
                    throw new AssertionError("no " + what + " among "
                            + spans.stream()
                                    .map(span -> span.getName() + " " + text(span, "aws.request_id"))
                                    .toList());
                }
                try {
                    arrival.wait(left / 1_000_000 + 1);
                } catch (InterruptedException e) {
                    throw new IllegalStateException(e);
                }
            }
        }
    }

    public Span awaitRequest(String requestId) {
        return await(
                "request " + requestId, span -> text(span, "aws.request_id").equals(requestId));
    }

    public Span awaitChild(Span parent, String name) {
        return await(
                name + " in " + parent.getName(),
                span -> isChild(parent, span) && span.getName().equals(name));
    }

    public static boolean isChild(Span parent, Span span) {
        return span.getTraceId().equals(parent.getTraceId())
                && span.getParentSpanId().equals(parent.getSpanId());
    }

    public static boolean isLinked(Span span, Span to) {
        return span.getLinksList().stream()
                .anyMatch(link -> link.getTraceId().equals(to.getTraceId())
                        && link.getSpanId().equals(to.getSpanId()));
    }

    /** Whether a {@code traceparent} tells of the span, as one that is recorded; the flag "random" may be set or not. */
    public static boolean tellsOf(String traceparent, Span span) {
        return traceparent.matches("00-" + traceId(span) + "-" + spanId(span) + "-0[13]");
    }

    /** In hexadecimal. */
    public static String traceId(Span span) {
        return HexFormat.of().formatHex(span.getTraceId().toByteArray());
    }

    /** In hexadecimal. */
    public static String spanId(Span span) {
        return HexFormat.of().formatHex(span.getSpanId().toByteArray());
    }

    /** An attribute as a text; empty where there is none. */
    public static String text(Span span, String attribute) {
        for (KeyValue pair : span.getAttributesList()) {
            if (pair.getKey().equals(attribute)) {
                return pair.getValue().hasIntValue()
                        ? Long.toString(pair.getValue().getIntValue())
                        : pair.getValue().getStringValue();
            }
        }
        return "";
    }

    private void take(HttpExchange exchange) throws IOException {
        try (exchange) {
            CountDownLatch held = stuck;
            if (held != null) {
                held.await();
            }
            ExportTraceServiceRequest sent;
            try (InputStream body = exchange.getRequestBody();
                    InputStream plain =
                            "gzip".equals(exchange.getRequestHeaders().getFirst("Content-Encoding"))
                                    ? new GZIPInputStream(body)
                                    : body) {
                sent = ExportTraceServiceRequest.parseFrom(plain);
            }
            synchronized (arrival) {
                String authorization = exchange.getRequestHeaders().getFirst("Authorization");
                authorizations.add(authorization == null ? "" : authorization);
                sent.getResourceSpansList().forEach(resource -> {
                    resource.getResource().getAttributesList().stream()
                            .filter(pair -> pair.getKey().equals("service.name"))
                            .forEach(pair -> services.add(pair.getValue().getStringValue()));
                    resource.getScopeSpansList().forEach(scope -> spans.addAll(scope.getSpansList()));
                });
                arrival.notifyAll();
            }
            exchange.getResponseHeaders().set("Content-Type", "application/x-protobuf");
            exchange.sendResponseHeaders(200, -1);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        answer();
        server.stop(0);
        threads.shutdownNow();
    }
}
