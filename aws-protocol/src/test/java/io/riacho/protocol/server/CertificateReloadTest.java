package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.protocol.tls.TestCertificates;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** An operator's certificate. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class CertificateReloadTest {

    private static final byte[] REQUEST =
            "GET / HTTP/1.1\r\nHost: localhost\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

    @TempDir
    private Path folder;

    private TestCertificates certificates;
    private Path ca;
    private Path certificate;
    private Path key;

    @BeforeEach
    void makeCertificates() throws Exception {
        certificates = new TestCertificates();
        ca = certificates.writeAuthority(folder.resolve("ca.pem"));
        certificate = folder.resolve("server.pem");
        key = folder.resolve("server-key.pem");
    }

    @Test
    void aChangedCertificateIsShownAndConnectionsLiveOn() throws Exception {
        String first = certificates.writeServer(certificate, key, soon());
        try (ToyKinesis toy = toy();
                SSLSocket old = HttpsTest.connect(toy.tlsPort(), ca)) {
            assertThat(serial(old)).isEqualTo(first);

            String second = certificates.writeServer(certificate, key, soon());
            awaitSerial(toy, second);

            assertThat(isAnswered(old)).isTrue();
        }
    }

    @Test
    void filesThatMakeNoSenseChangeNothing() throws Exception {
        String first = certificates.writeServer(certificate, key, soon());
        try (ToyKinesis toy = toy()) {
            byte[] good = Files.readAllBytes(certificate);
            String other = certificates.writeServer(certificate, key, soon());
            byte[] otherCertificate = Files.readAllBytes(certificate);
            // The key is another's now.
            Files.write(certificate, good);
            for (int i = 0; i < 5; i++) {
                assertThat(shown(toy)).isIn(first, other);
                Thread.sleep(100);
            }
            Files.write(certificate, otherCertificate);
            awaitSerial(toy, other);
        }
    }

    @Test
    void aServerDoesNotStartWithACertificateThatHasEnded() throws Exception {
        certificates.writeServer(certificate, key, Instant.now().minusSeconds(10));

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(this::toy)
                .havingRootCause()
                .withMessageContaining("the certificate is valid from");
    }

    @Test
    void aServerDoesNotStartWithTheKeyOfAnotherCertificate() throws Exception {
        certificates.writeServer(certificate, key, soon());
        certificates.writeServer(folder.resolve("other.pem"), key, soon());

        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(this::toy)
                .havingRootCause()
                .withMessageContaining("the private key does not belong to the certificate");
    }

    @Test
    void aClientNeedsACertificateWhereThatIsConfigured() throws Exception {
        certificates.writeServer(certificate, key, soon());
        TestCertificates others = new TestCertificates();
        try (ToyKinesis toy = toy("riacho.tls.client-auth=need", "riacho.tls.client-ca=" + ca)) {
            assertThat(isServed(toy, TestClients.context(ca, certificates.client())))
                    .isTrue();
            assertThat(isServed(toy, TestClients.context(ca))).isFalse();
            assertThat(isServed(toy, TestClients.context(ca, others.client()))).isFalse();
        }
    }

    private static Instant soon() {
        return Instant.now().plus(Duration.ofDays(5));
    }

    private ToyKinesis toy(String... more) {
        String[] properties = java.util.Arrays.copyOf(more, more.length + 2);
        properties[more.length] = "riacho.tls.certificate=" + certificate;
        properties[more.length + 1] = "riacho.tls.private-key=" + key;
        return new ToyKinesis(properties);
    }

    private void awaitSerial(ToyKinesis toy, String serial) throws Exception {
        while (!shown(toy).equals(serial)) {
            Thread.sleep(20);
        }
    }

    private String shown(ToyKinesis toy) throws Exception {
        try (SSLSocket socket = HttpsTest.connect(toy.tlsPort(), ca)) {
            return serial(socket);
        }
    }

    private static String serial(SSLSocket socket) throws IOException {
        return ((X509Certificate) socket.getSession().getPeerCertificates()[0])
                .getSerialNumber()
                .toString();
    }

    private static boolean isServed(ToyKinesis toy, SSLContext context) {
        try (SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", toy.tlsPort())) {
            return isAnswered(socket);
        } catch (IOException e) {
            return false;
        }
    }

    private static boolean isAnswered(SSLSocket socket) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(REQUEST);
        out.flush();
        return new String(socket.getInputStream().readNBytes(12), StandardCharsets.US_ASCII).equals("HTTP/1.1 403");
    }
}
