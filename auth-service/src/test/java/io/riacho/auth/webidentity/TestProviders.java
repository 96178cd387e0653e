package io.riacho.auth.webidentity;

import java.net.InetAddress;
import java.time.InstantSource;
import javax.net.ssl.SSLContext;
import org.apache.hc.client5.http.DnsResolver;

/** Providers of a test, which all are on this host, whatever their names are. */
public final class TestProviders {

    private TestProviders() {}

    /** Asks providers by TLS only, and where the names lead is not looked at. All else is as in the server. */
    public static WebIdentities onThisHost(OidcProviders providers, OwnTokens ownTokens, SSLContext trust) {
        DnsResolver names = new DnsResolver() {
            @Override
            public InetAddress[] resolve(String host) {
                return new InetAddress[] {InetAddress.getLoopbackAddress()};
            }

            @Override
            public String resolveCanonicalHostname(String host) {
                return host;
            }
        };
        return new WebIdentities(
                providers,
                ownTokens,
                new ProviderKeys(new ProviderClient(true, names, trust), ProviderClient.trusting()),
                InstantSource.system());
    }
}
