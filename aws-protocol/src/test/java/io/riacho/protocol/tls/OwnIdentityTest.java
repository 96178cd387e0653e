package io.riacho.protocol.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnIdentityTest {

    private static final Duration DAY = Duration.ofDays(1);

    @TempDir
    private Path folder;

    private Instant now = Instant.parse("2026-11-26T10:00:00Z");

    @Test
    void aRestartKeepsCaAndCertificate() throws Exception {
        ServerIdentity first = identity().load();
        byte[] ca = Files.readAllBytes(folder.resolve("ca.crt"));

        assertThat(identity().load()).isEqualTo(first);
        assertThat(folder.resolve("ca.crt")).hasBinaryContent(ca);
    }

    @Test
    void aCertificateIsRenewedThirtyDaysBeforeItsEndByTheSameCa() throws Exception {
        ServerIdentity first = identity().load();
        byte[] ca = Files.readAllBytes(folder.resolve("ca.crt"));

        now = first.notAfter().minus(DAY.multipliedBy(31));
        assertThat(identity().isDue(first)).isFalse();
        assertThat(identity().load()).isEqualTo(first);

        now = first.notAfter().minus(DAY.multipliedBy(30));
        ServerIdentity second = identity().load();
        assertThat(second).isNotEqualTo(first);
        assertThat(second.notAfter()).isEqualTo(now.plus(DAY.multipliedBy(365)));
        assertThat(folder.resolve("ca.crt")).hasBinaryContent(ca);
    }

    @Test
    void aCertificateEndsNoLaterThanItsCaAndIsThenNotRenewedAgainAndAgain() throws Exception {
        identity().load();
        now = now.plus(DAY.multipliedBy(3640));
        OwnIdentity identity = identity();
        ServerIdentity last = identity.load();

        assertThat(last.notAfter())
                .isEqualTo(PemFiles.certificates(folder.resolve("ca.crt"))
                        .getFirst()
                        .getNotAfter()
                        .toInstant());
        assertThat(identity.isDue(last)).isFalse();
        assertThat(identity().load()).isEqualTo(last);
    }

    @Test
    void anEndedCaIsToldAndNotReplacedUnasked() throws Exception {
        identity().load();
        now = now.plus(DAY.multipliedBy(3651));

        assertThatExceptionOfType(GeneralSecurityException.class)
                .isThrownBy(() -> identity().load())
                .withMessageContaining("ca.crt ended at");
    }

    @Test
    void anotherNameNeedsAnotherCertificate() throws Exception {
        ServerIdentity first = identity().load();
        OwnIdentity named = new OwnIdentity(
                folder,
                CertificateNames.ofThisHost("", List.of("streams.example", "192.0.2.7", "2001:db8::1")),
                () -> now);

        ServerIdentity second = named.load();

        assertThat(second).isNotEqualTo(first);
        assertThat(String.valueOf(second.certificate().getSubjectAlternativeNames()))
                .contains("streams.example", "192.0.2.7", "2001:db8:0:0:0:0:0:1", "localhost", "127.0.0.1");
        assertThat(named.load()).isEqualTo(second);
    }

    @ParameterizedTest
    @CsvSource({
        "192.0.2.8, 192.0.2.8",
        "2001:db8::2, 2001:db8:0:0:0:0:0:2",
        "Streams.example, streams.example",
        "127.0.0.1, 127.0.0.1"
    })
    void theAddressThatTheServerListensOnIsAName(String address, String name) throws Exception {
        ServerIdentity identity =
                new OwnIdentity(folder, CertificateNames.ofThisHost(address, List.of()), () -> now).load();

        assertThat(identity.certificate().getSubjectAlternativeNames())
                .extracting(each -> String.valueOf(each.get(1)))
                .contains(name, "localhost", "127.0.0.1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"0.0.0.0", "::", ""})
    void whoListensOnAllAddressesHasNoNameOfThem(String address) {
        assertThat(CertificateNames.ofThisHost(address, List.of()))
                .isEqualTo(CertificateNames.ofThisHost("127.0.0.1", List.of()));
    }

    @Test
    void aStartThatWasCutShortIsBegunAnew() throws Exception {
        identity().load();
        // The key was replaced, its certificate not yet.
        Files.write(
                folder.resolve("server.key"),
                CertificateIssuer.pem(CertificateIssuer.newKey().getPrivate()));
        ServerIdentity again = identity().load();
        assertThat(identity().load()).isEqualTo(again);

        // The CA's key was written, its certificate not yet.
        Files.delete(folder.resolve("ca.crt"));
        ServerIdentity anew = identity().load();
        anew.certificate()
                .verify(PemFiles.certificates(folder.resolve("ca.crt"))
                        .getFirst()
                        .getPublicKey());
    }

    private OwnIdentity identity() {
        return new OwnIdentity(folder, CertificateNames.ofThisHost("", List.of()), () -> now);
    }
}
