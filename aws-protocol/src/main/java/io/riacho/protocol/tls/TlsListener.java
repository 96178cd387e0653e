package io.riacho.protocol.tls;

import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;

/** The listener for HTTPS. */
public final class TlsListener {

    private volatile @Nullable Connector connector;

    /** Its port; -1 where it does not listen, or not yet. */
    public int port() {
        Connector listening = connector;
        return listening == null ? -1 : listening.getLocalPort();
    }

    void is(Connector https) {
        connector = https;
    }
}
