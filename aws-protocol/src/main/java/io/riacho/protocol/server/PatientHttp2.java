package io.riacho.protocol.server;

import org.apache.coyote.Adapter;
import org.apache.coyote.Request;
import org.apache.coyote.http11.upgrade.InternalHttpUpgradeHandler;
import org.apache.coyote.http2.Http2AsyncUpgradeHandler;
import org.apache.coyote.http2.Http2Protocol;
import org.apache.tomcat.util.net.SocketWrapperBase;

/**
 * HTTP/2 as Tomcat speaks it, but a client that says it will ask no more (GOAWAY without an error) still gets the answers
 * that are under way, as RFC 9113, section 6.8, has it; Tomcat closes the connection on it. JavaScript's SDK says so as
 * soon as an answer begins.
 *
 * <p>Over TLS a connection may also begin with HTTP/2 at once, without having negotiated it (ALPN), as the Java SDK's
 * asynchronous clients and KCL do.
 */
final class PatientHttp2 extends Http2Protocol {

    private static final long NO_ERROR = 0;

    private boolean overTls;

    /** Tomcat knows a connection that begins with HTTP/2 by the protocol of this name, and only gives it in the clear. */
    @Override
    public String getHttpUpgradeName(boolean isSSLEnabled) {
        overTls = isSSLEnabled;
        return super.getHttpUpgradeName(false);
    }

    /** HTTP/1.1's {@code Upgrade: h2c} is not for TLS (RFC 7540, section 3.2). */
    @Override
    public boolean accept(Request request) {
        return !overTls && super.accept(request);
    }

    @Override
    public InternalHttpUpgradeHandler getInternalUpgradeHandler(
            SocketWrapperBase<?> socket, Adapter adapter, Request request) {
        return new Http2AsyncUpgradeHandler(this, adapter, request, socket) {
            @Override
            public void goaway(int lastStreamId, long errorCode, String debugData) {
                if (errorCode != NO_ERROR) {
                    super.goaway(lastStreamId, errorCode, debugData);
                }
            }
        };
    }
}
