package io.riacho.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.tls.ClientTls;
import io.riacho.protocol.tls.TlsProperties;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class KinesisTlsTest {

    private static final Path FOLDER = Path.of("data", "tls");

    @Test
    void aServerWithoutHttpTrustsItsOwnCa() {
        assertThat(tls(false, Map.of())).isEqualTo(new ClientTls(FOLDER.resolve("ca.crt"), null, null));
    }

    @Test
    void aServerWithHttpTrustsWhatJavaTrusts() {
        assertThat(tls(true, Map.of())).isEqualTo(new ClientTls(null, null, null));
    }

    @Test
    void anotherKinesisIsNotTrustedByTheOwnCa() {
        assertThat(tls(false, Map.of("riacho.firehose.kinesis", "https://streams.example:4444")))
                .isEqualTo(new ClientTls(null, null, null));
    }

    @Test
    void whatIsGivenIsTrustedAndShown() {
        assertThat(tls(
                        false,
                        Map.of(
                                "riacho.firehose.kinesis-ca", "ca.pem",
                                "riacho.firehose.kinesis-certificate", "own.pem",
                                "riacho.firehose.kinesis-private-key", "own.key")))
                .isEqualTo(new ClientTls(Path.of("ca.pem"), Path.of("own.pem"), Path.of("own.key")));
    }

    @Test
    void aServerWithoutHttpWhoseCertificateHasNamesOfItsOwnHasToBeToldOne() {
        Map<String, String> given =
                Map.of("riacho.tls.certificate", "server.pem", "riacho.tls.private-key", "server.key");

        assertRefused("riacho.firehose.kinesis", false, given);
        assertThat(tls(true, given)).isNotNull();
    }

    @Test
    void aServerWithoutHttpThatAsksAllForACertificateHasToBeGivenOneForItself() {
        Map<String, String> given = Map.of("riacho.tls.client-auth", "need", "riacho.tls.client-ca", "clients.pem");

        assertRefused("riacho.firehose.kinesis-certificate", false, given);
        assertThat(tls(true, given)).isNotNull();
    }

    private static void assertRefused(String name, boolean isHttpEnabled, Map<String, String> given) {
        assertThatExceptionOfType(InvalidConfigurationPropertyValueException.class)
                .isThrownBy(() -> tls(isHttpEnabled, given))
                .satisfies(e -> assertThat(e.getName()).isEqualTo(name));
    }

    private static ClientTls tls(boolean isHttpEnabled, Map<String, String> given) {
        Binder binder = new Binder(new MapConfigurationPropertySource(given));
        return KinesisTls.of(
                binder.bindOrCreate("riacho.firehose", FirehoseProperties.class),
                binder.bindOrCreate("riacho.tls", TlsProperties.class),
                FOLDER,
                isHttpEnabled);
    }
}
