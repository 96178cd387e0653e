package io.riacho.auth.webidentity;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Tells addresses of the public internet from all others: private, loopback, link-local (where clouds keep their
 * instance's credentials), shared, documentation, multicast and reserved ones, and IPv6 forms that hide an IPv4 address.
 *
 * @see <a href="https://www.iana.org/assignments/iana-ipv4-special-registry">IANA: special-purpose IPv4</a>
 * @see <a href="https://www.iana.org/assignments/iana-ipv6-special-registry">IANA: special-purpose IPv6</a>
 */
final class PublicAddresses {

    private PublicAddresses() {}

    static boolean contain(InetAddress address) {
        if (address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()) {
            return false;
        }
        return switch (address) {
            case Inet4Address four -> isPublic(four.getAddress());
            case Inet6Address six -> isPublicSix(six.getAddress());
            default -> false;
        };
    }

    private static boolean isPublic(byte[] b) {
        int first = b[0] & 0xff;
        int second = b[1] & 0xff;
        int third = b[2] & 0xff;
        boolean isSpecial = first == 0
                || first == 10
                || first == 127
                || (first == 100 && second >= 64 && second < 128)
                || (first == 169 && second == 254)
                || (first == 172 && second >= 16 && second < 32)
                || (first == 192 && second == 0 && (third == 0 || third == 2))
                || (first == 192 && second == 88 && third == 99)
                || (first == 192 && second == 168)
                || (first == 198 && (second == 18 || second == 19))
                || (first == 198 && second == 51 && third == 100)
                || (first == 203 && second == 0 && third == 113)
                || first >= 224;
        return !isSpecial;
    }

    /** Global unicast is 2000::/3; what is special in it, and what tunnels IPv4, is taken out. */
    private static boolean isPublicSix(byte[] b) {
        int first = ((b[0] & 0xff) << 8) | (b[1] & 0xff);
        int second = ((b[2] & 0xff) << 8) | (b[3] & 0xff);
        boolean isGlobal = (first & 0xe000) == 0x2000;
        boolean isSpecial = first == 0x2002
                || (first == 0x2001 && (second < 0x0200 || second == 0x0db8))
                || (first == 0x3fff && second < 0x1000);
        return isGlobal && !isSpecial;
    }
}
