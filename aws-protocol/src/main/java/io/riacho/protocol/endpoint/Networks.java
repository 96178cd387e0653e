package io.riacho.protocol.endpoint;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import org.apache.catalina.util.NetMask;
import org.jspecify.annotations.Nullable;

/** Who may connect. */
final class Networks {

    private static final Networks ALL = new Networks(null);

    private final @Nullable List<NetMask> masks;

    private Networks(@Nullable List<NetMask> masks) {
        this.masks = masks;
    }

    static Networks all() {
        return ALL;
    }

    /**
     * @param networks in CIDR notation, or single addresses
     * @throws IllegalArgumentException that names the one that is neither, or where there is none
     */
    static Networks of(List<String> networks) {
        if (networks.isEmpty()) {
            throw new IllegalArgumentException("it is empty; leave it out to allow all networks");
        }
        List<NetMask> masks = new ArrayList<>();
        for (String network : networks) {
            String text = network.strip();
            int slash = text.indexOf('/');
            try {
                // A name would be looked up, and could come to mean another network.
                InetAddress _ = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
                masks.add(new NetMask(text));
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("'" + text + "' is not a network such as 10.0.0.0/8", e);
            }
        }
        return new Networks(List.copyOf(masks));
    }

    boolean contain(InetAddress address) {
        if (masks == null) {
            return true;
        }
        for (NetMask mask : masks) {
            if (mask.matches(address)) {
                return true;
            }
        }
        return false;
    }
}
