package io.riacho.analytics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.access.OwnTls;
import io.riacho.analytics.job.CodeException;
import io.riacho.protocol.tls.TlsProperties;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

/** What jobs trust the services by that they ask. */
class TrustedCertificatesTest {

    @TempDir
    private Path folder;

    @Test
    void jobsOfAServerWithoutHttpTrustItsOwnAuthority() throws Exception {
        Files.writeString(folder.resolve("ca.crt"), "PEM");

        assertThat(certificates(null, false, Map.of()).pem()).isEqualTo("PEM");
        assertThat(certificates(null, true, Map.of()).pem()).isNull();
        assertThat(certificates(URI.create("https://streams.example"), false, Map.of())
                        .pem())
                .isNull();
    }

    @Test
    void aServerThatAsksAllForACertificateRunsNoJobsThatComeBackToIt() {
        Map<String, String> needed = Map.of("riacho.tls.client-auth", "need", "riacho.tls.client-ca", "clients.pem");

        assertThatThrownBy(() -> certificates(null, false, needed).pem())
                .isInstanceOf(CodeException.class)
                .hasMessageContaining("riacho.tls.client-auth");
        assertThat(certificates(null, true, needed).pem()).isNull();
    }

    @Test
    void aServerWithItsOwnersCertificateHasToBeCalledByItsName() {
        assertThatThrownBy(() -> certificates(
                                null,
                                false,
                                Map.of("riacho.tls.certificate", "server.pem", "riacho.tls.private-key", "server.key"))
                        .pem())
                .isInstanceOf(CodeException.class)
                .hasMessageContaining("riacho.analytics.kinesis");
    }

    private TrustedCertificates certificates(@Nullable URI kinesis, boolean isHttpEnabled, Map<String, String> given) {
        TlsProperties tls =
                new Binder(new MapConfigurationPropertySource(given)).bindOrCreate("riacho.tls", TlsProperties.class);
        OwnTls own = OwnTls.of(kinesis, isHttpEnabled, tls, folder);
        return new TrustedCertificates(own.authority(null), own);
    }
}
