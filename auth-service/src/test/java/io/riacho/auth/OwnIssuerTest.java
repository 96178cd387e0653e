package io.riacho.auth;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class OwnIssuerTest {

    private static String issuer(String... settings) {
        Map<String, String> map = new HashMap<>();
        for (int i = 0; i < settings.length; i += 2) {
            map.put(settings[i], settings[i + 1]);
        }
        return OwnIssuer.of(map::get);
    }

    @Test
    void itIsTheServersAddressByHttp() {
        assertThat(issuer()).isEqualTo("http://127.0.0.1:4570");
        assertThat(issuer("server.address", "10.0.0.7", "server.port", "4566")).isEqualTo("http://10.0.0.7:4566");
    }

    @Test
    void itIsByHttpsWhereNobodyListensForHttp() {
        assertThat(issuer("riacho.http.enabled", "false", "server.port", "4566"))
                .isEqualTo("https://127.0.0.1:4443");
        assertThat(issuer("riacho.http.enabled", "false", "riacho.tls.port", "443"))
                .isEqualTo("https://127.0.0.1:443");
    }

    @Test
    void allInterfacesAreNoAddressThatAnybodyReaches() {
        assertThat(issuer("riacho.http.enabled", "false", "server.address", "0.0.0.0"))
                .isEqualTo("https://localhost:4447");
        assertThat(issuer("server.address", "::")).isEqualTo("http://localhost:4570");
    }

    @Test
    void anAddressWithColonsIsInBrackets() {
        assertThat(issuer("server.address", "::1")).isEqualTo("http://[::1]:4570");
    }
}
