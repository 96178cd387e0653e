package io.riacho.protocol.tls;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.security.cert.CertificateParsingException;
import java.security.cert.X509Certificate;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * What a server certificate is good for (RFC 5280, section 4.2.1.6).
 *
 * @param dns in lower case
 * @param addresses as Java writes them
 */
record CertificateNames(Set<String> dns, Set<String> addresses) {

    private static final int SAN_DNS = 2;
    private static final int SAN_ADDRESS = 7;
    private static final Pattern DNS = Pattern.compile("(\\*\\.)?[a-z0-9_]([a-z0-9_.-]{0,251}[a-z0-9_])?");

    /**
     * The names of this host, and more.
     *
     * @param address that the server listens on, an address or a name; empty for all that this host has
     */
    static CertificateNames ofThisHost(String address, List<String> more) {
        Set<String> dns = new TreeSet<>(Set.of("localhost"));
        Set<String> addresses = new TreeSet<>(Set.of(normal("127.0.0.1"), normal("::1")));
        String host = hostName();
        if (DNS.matcher(host).matches() && !isAddress(host)) {
            dns.add(host);
        }
        if (isAddress(address)) {
            if (!InetAddress.ofLiteral(address).isAnyLocalAddress()) {
                addresses.add(normal(address));
            }
        } else if (DNS.matcher(address.toLowerCase(Locale.ROOT)).matches()) {
            dns.add(address.toLowerCase(Locale.ROOT));
        }
        for (String name : more) {
            String lower = name.strip().toLowerCase(Locale.ROOT);
            if (isAddress(lower)) {
                addresses.add(normal(lower));
            } else if (DNS.matcher(lower).matches()) {
                dns.add(lower);
            } else {
                throw new InvalidConfigurationPropertyValueException(
                        "riacho.tls.names", name, "It is neither a DNS name nor an address.");
            }
        }
        return new CertificateNames(dns, addresses);
    }

    boolean areCoveredBy(X509Certificate certificate) throws CertificateParsingException {
        Set<String> good = new TreeSet<>();
        Collection<List<?>> names = certificate.getSubjectAlternativeNames();
        for (List<?> name : names == null ? List.<List<?>>of() : names) {
            if (name.get(1) instanceof String value) {
                if (name.get(0).equals(SAN_DNS)) {
                    good.add(value);
                } else if (name.get(0).equals(SAN_ADDRESS)) {
                    good.add(normal(value));
                }
            }
        }
        return good.containsAll(dns) && good.containsAll(addresses);
    }

    private static boolean isAddress(String text) {
        try {
            return !text.isEmpty()
                    && !InetAddress.ofLiteral(text).getHostAddress().contains("%");
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static String normal(String address) {
        return InetAddress.ofLiteral(address).getHostAddress();
    }

    private static String hostName() {
        try {
            return InetAddress.getLocalHost().getHostName().toLowerCase(Locale.ROOT);
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }
}
