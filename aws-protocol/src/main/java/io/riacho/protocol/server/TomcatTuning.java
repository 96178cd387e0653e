package io.riacho.protocol.server;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/** Fits Tomcat's connectors to what AWS clients do: many small requests on few connections, and bodies of megabytes. */
final class TomcatTuning implements TomcatConnectorCustomizer {

    private static final int MAX_HEADER_BYTES = 32 * 1024;
    /**
     * Tomcat allocates two arrays of this size for each request with a body. At 256 KiB it serves a seventh of the small
     * requests that it serves at this, and large bodies only twice as fast.
     */
    private static final int STREAM_WINDOW_BYTES = 65_535;

    private static final int MAX_STREAMS = 1024;

    /** Longer than clients keep a connection, so that they close it and not we, in the middle of their next request. */
    private static final int KEEP_ALIVE_MILLIS = 150_000;

    private static final int READ_MILLIS = 20_000;

    /** As long as a subscription: its reader may be busy with what it has. */
    private static final int SLOW_READER_MILLIS = 300_000;

    private final int maxBody;

    TomcatTuning(int maxBody) {
        this.maxBody = maxBody;
    }

    @Override
    public void customize(Connector connector) {
        if (!(connector.getProtocolHandler() instanceof AbstractHttp11Protocol<?> http)) {
            return;
        }
        http.setExecutor(new VirtualThreadExecutor("riacho-http-"));
        http.setMaxKeepAliveRequests(-1);
        http.setKeepAliveTimeout(KEEP_ALIVE_MILLIS);
        http.setConnectionTimeout(READ_MILLIS);
        http.setMaxHttpRequestHeaderSize(MAX_HEADER_BYTES);
        // A client that sends a body we refused is to read why, not to see its connection reset.
        http.setMaxSwallowSize(maxBody);
        // A stranger is refused before its body is asked for.
        http.setContinueResponseTiming("onRead");
        PatientHttp2 http2 = new PatientHttp2();
        tune(http2);
        connector.addUpgradeProtocol(http2);
    }

    private static void tune(Http2Protocol http2) {
        http2.setInitialWindowSize(STREAM_WINDOW_BYTES);
        http2.setMaxConcurrentStreams(MAX_STREAMS);
        // Subscriptions last minutes each; by default only 20 streams of a connection would run.
        http2.setMaxConcurrentStreamExecution(MAX_STREAMS);
        http2.setStreamWriteTimeout(SLOW_READER_MILLIS);
        http2.setKeepAliveTimeout(KEEP_ALIVE_MILLIS);
        // The SDK pings every five seconds, which Tomcat takes for an attack when little else is sent.
        http2.setOverheadCountFactor(0);
        // Small requests come in small frames, and JavaScript sends each in two; Tomcat would count that, too.
        http2.setOverheadDataThreshold(0);
        http2.setOverheadWindowUpdateThreshold(0);
    }
}
