package io.riacho.protocol.endpoint;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.channels.SocketChannel;
import java.util.function.Consumer;
import org.apache.tomcat.util.net.NioEndpoint;

/** Closes connections from networks that may not connect before a byte of them is read. */
final class GuardedAcceptor extends NioEndpoint {

    private final Networks networks;
    private final Consumer<String> cutOff;

    /** @param cutOff is told whose connection was closed */
    GuardedAcceptor(Networks networks, Consumer<String> cutOff) {
        this.networks = networks;
        this.cutOff = cutOff;
    }

    @Override
    protected boolean setSocketOptions(SocketChannel channel) {
        InetAddress peer;
        try {
            peer = channel.getRemoteAddress() instanceof InetSocketAddress address ? address.getAddress() : null;
        } catch (IOException e) {
            peer = null;
        }
        if (peer != null && networks.contain(peer)) {
            return super.setSocketOptions(channel);
        }
        destroySocket(channel);
        if (peer != null) {
            cutOff.accept(peer.getHostAddress());
        }
        return false;
    }
}
