package io.riacho.policy;

import java.net.InetAddress;
import org.jspecify.annotations.Nullable;

/** IPv4 or IPv6 addresses that begin alike: {@code 203.0.113.0/24}, or one address. */
final class AddressRange implements ConditionValue {

    private static final int MAX_LENGTH = 64;
    private static final int V4_PARTS = 4;

    private final byte[] network;
    private final int bits;

    private AddressRange(byte[] network, int bits) {
        this.network = network;
        this.bits = bits;
    }

    @Override
    public Match match(String actual, ConditionContext context) {
        byte[] address = address(actual);
        return Match.of(address != null && address.length == network.length && beginsAlike(address));
    }

    private boolean beginsAlike(byte[] address) {
        int whole = bits / Byte.SIZE;
        for (int i = 0; i < whole; i++) {
            if (address[i] != network[i]) {
                return false;
            }
        }
        int rest = bits % Byte.SIZE;
        return rest == 0 || ((address[whole] ^ network[whole]) & 0xFF) >>> (Byte.SIZE - rest) == 0;
    }

    /** @return null where it is neither a range nor an address */
    static @Nullable AddressRange parse(String text) {
        int slash = text.indexOf('/');
        byte[] network = address(slash < 0 ? text : text.substring(0, slash));
        if (network == null) {
            return null;
        }
        int all = network.length * Byte.SIZE;
        if (slash < 0) {
            return new AddressRange(network, all);
        }
        // A range of IPv4 addresses that are written as IPv6 would count its bits from elsewhere.
        int bits = number(text.substring(slash + 1));
        return bits < 0 || bits > all || (network.length == V4_PARTS && text.indexOf(':') >= 0)
                ? null
                : new AddressRange(network, bits);
    }

    /** IPv4 that is written as IPv6 ({@code ::ffff:203.0.113.1}) is IPv4. Never asks a name server. */
    private static byte @Nullable [] address(String text) {
        if (text.length() > MAX_LENGTH) {
            return null;
        }
        if (text.indexOf(':') < 0) {
            return v4(text);
        }
        if (text.indexOf('%') >= 0 || text.indexOf('[') >= 0) {
            return null;
        }
        try {
            return InetAddress.ofLiteral(text).getAddress();
        } catch (IllegalArgumentException e) {
            return null;
        }
    }

    /** Four decimal numbers; not the older forms with fewer. */
    private static byte @Nullable [] v4(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != V4_PARTS) {
            return null;
        }
        byte[] address = new byte[V4_PARTS];
        for (int i = 0; i < V4_PARTS; i++) {
            int number = number(parts[i]);
            if (number < 0 || number > 255) {
                return null;
            }
            address[i] = (byte) number;
        }
        return address;
    }

    /** @return -1 where it is not a number of up to three digits, written without zeros before it */
    private static int number(String text) {
        if (text.isEmpty() || text.length() > 3 || (text.length() > 1 && text.charAt(0) == '0')) {
            return -1;
        }
        int number = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return -1;
            }
            number = number * 10 + c - '0';
        }
        return number;
    }
}
