package io.riacho.analytics.runtime;

import io.riacho.health.HealthConfiguration;
import io.riacho.health.Probe;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.URI;
import java.util.Optional;

/** Whether somebody listens where the REST API of the remote cluster should be. */
final class RemoteClusterProbe implements Probe {

    private final String host;
    private final int port;

    RemoteClusterProbe(URI url) {
        this.host = url.getHost();
        this.port = url.getPort() >= 0 ? url.getPort() : "https".equals(url.getScheme()) ? 443 : 80;
    }

    @Override
    public Optional<String> fault() {
        try (Socket socket = new Socket()) {
            socket.connect(new InetSocketAddress(host, port), Math.toIntExact(HealthConfiguration.PATIENCE.toMillis()));
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of("cannot be reached");
        }
    }
}
