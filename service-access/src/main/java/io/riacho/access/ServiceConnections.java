package io.riacho.access;

import io.riacho.protocol.tls.ClientTls;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.time.Duration;
import javax.net.ssl.KeyManager;
import javax.net.ssl.TrustManager;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.async.SdkAsyncHttpClient;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;

/** Connections of the AWS SDK's clients to Riacho's own services, by HTTP/2. */
public final class ServiceConnections {

    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private ServiceConnections() {}

    /**
     * @param tls of an HTTPS endpoint
     * @param requests how many may be under way
     * @throws IllegalStateException where the files of {@code tls} cannot be used
     */
    public static SdkAsyncHttpClient open(ClientTls tls, int requests) {
        NettyNioAsyncHttpClient.Builder connections = NettyNioAsyncHttpClient.builder()
                .eventLoopGroup(ConnectionThreads.ofThisProcess())
                .protocol(Protocol.HTTP2)
                .maxConcurrency(requests)
                .connectionAcquisitionTimeout(PATIENCE)
                .readTimeout(PATIENCE);
        secure(connections, tls);
        return connections.build();
    }

    /** Netty has its own way to trust what this Java trusts, and fails where it is given nothing. */
    private static void secure(NettyNioAsyncHttpClient.Builder connections, ClientTls tls) {
        try {
            TrustManager[] trusted = tls.trusted();
            if (trusted != null) {
                connections.tlsTrustManagersProvider(() -> trusted);
            }
            KeyManager[] keys = tls.keys();
            if (keys != null) {
                connections.tlsKeyManagersProvider(() -> keys);
            }
        } catch (IOException | GeneralSecurityException e) {
            throw new IllegalStateException("The certificates for a service cannot be used: " + tls.files(), e);
        }
    }
}
