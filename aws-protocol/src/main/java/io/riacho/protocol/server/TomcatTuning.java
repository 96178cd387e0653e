package io.riacho.protocol.server;

import org.apache.catalina.connector.Connector;
import org.apache.coyote.UpgradeProtocol;
import org.apache.coyote.http11.AbstractHttp11Protocol;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.threads.VirtualThreadExecutor;
import org.springframework.boot.tomcat.TomcatConnectorCustomizer;

/** Fits Tomcat's connectors to what AWS clients do: many small requests on few connections, and bodies of megabytes. */
final class TomcatTuning implements TomcatConnectorCustomizer {

    private static final int MAX_HEADER_BYTES = 32 * 1024;
    private static final int STREAM_WINDOW_BYTES = 4 * 1024 * 1024;
    private static final int MAX_STREAMS = 1024;

    /** Longer than clients keep a connection, so that they close it and not we, in the middle of their next request. */
    private static final int KEEP_ALIVE_MILLIS = 150_000;

    private static final int READ_MILLIS = 20_000;

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
        tune(http2(connector));
    }

    private static Http2Protocol http2(Connector connector) {
        for (UpgradeProtocol protocol : connector.findUpgradeProtocols()) {
            if (protocol instanceof Http2Protocol http2) {
                return http2;
            }
        }
        Http2Protocol http2 = new Http2Protocol();
        connector.addUpgradeProtocol(http2);
        return http2;
    }

    private static void tune(Http2Protocol http2) {
        http2.setInitialWindowSize(STREAM_WINDOW_BYTES);
        http2.setMaxConcurrentStreams(MAX_STREAMS);
        // Subscriptions last minutes each; by default only 20 streams of a connection would run.
        http2.setMaxConcurrentStreamExecution(MAX_STREAMS);
        http2.setKeepAliveTimeout(KEEP_ALIVE_MILLIS);
        // The SDK pings every five seconds, which Tomcat takes for an attack when little else is sent.
        http2.setOverheadCountFactor(0);
    }
}
