package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLHandshakeException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Clients that check the server's certificate by the CA that the server made: {@code data/tls/ca.crt}. */
final class TlsClientsTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    private static final String FIRST_SHARD = "shardId-000000000000";

    private TestStreams streams;
    private Target secure;
    private Target withoutCa;

    @BeforeEach
    void connect() {
        secure = SERVER.secureTarget();
        withoutCa = secure.over(secure.url(), null).withoutRetries();
        streams = new TestStreams(SERVER.target());
    }

    @AfterEach
    void disconnect() {
        if (streams != null) {
            streams.close();
        }
    }

    @Test
    void javasSynchronousClientPutsAndReads() {
        putAndRead(JavaClients.apache(secure));
    }

    /** With HTTP/2 by ALPN, and as the SDK does by itself: at once. */
    @ParameterizedTest
    @EnumSource(ProtocolNegotiation.class)
    void javasAsynchronousClientPutsAndReadsOverHttp2(ProtocolNegotiation negotiation) {
        putAndRead(JavaClients.blocking(JavaClients.async(secure, negotiation)));
    }

    @Test
    void javaScriptPutsAndReads() {
        JavaScriptClientTest.assumeInstalled();
        putAndRead(JavaScriptClientTest.connected(secure));
    }

    @Test
    void boto3PutsAndReads() {
        Boto3Test.assumeInstalled();
        putAndRead(Boto3Test.connected(secure));
    }

    @Test
    void theCommandLinePutsARecord() {
        String name = streams.create(1);
        try (CommandLine aws = CommandLine.started(secure)) {
            aws.putAs(secure, name);
        }
        assertThat(streams.readAll(name, FIRST_SHARD, 1)).hasSize(1);
    }

    @Test
    void javaDoesNotTalkToAServerThatItDoesNotTrust() {
        try (KinesisClient client = JavaClients.apache(withoutCa)) {
            assertThatThrownBy(client::listStreams)
                    .hasRootCauseMessage("unable to find valid certification path to requested target");
        }
        try (KinesisClient client = JavaClients.blocking(JavaClients.async(withoutCa))) {
            assertThatThrownBy(client::listStreams)
                    .hasRootCauseMessage("unable to find valid certification path to requested target");
        }
    }

    @Test
    void javaScriptDoesNotTalkToAServerThatItDoesNotTrust() {
        JavaScriptClientTest.assumeInstalled();
        try (KinesisClient client = JavaScriptClientTest.connected(withoutCa)) {
            assertThatThrownBy(client::listStreams).hasMessageContaining("certificate");
        }
    }

    @Test
    void boto3DoesNotTalkToAServerThatItDoesNotTrust() {
        Boto3Test.assumeInstalled();
        try (KinesisClient client = Boto3Test.connected(withoutCa)) {
            assertThatThrownBy(client::listStreams).hasMessageContaining("certificate verify failed");
        }
    }

    @Test
    void theCertificateIsGoodForTheServersNamesAlone() throws Exception {
        try (HttpClient http = http()) {
            assertThat(health(http, secure.url()).statusCode()).isEqualTo(200);
            assertThat(health(
                                    http,
                                    URI.create(
                                            "https://127.0.0.1:" + secure.url().getPort()))
                            .statusCode())
                    .isEqualTo(200);
            assertThatThrownBy(() -> health(
                            http, URI.create("https://0.0.0.0:" + secure.url().getPort())))
                    .isInstanceOf(SSLHandshakeException.class)
                    .hasMessageContaining("0.0.0.0");
        }
    }

    @Test
    void http2IsAgreedOnByAlpn() throws Exception {
        try (HttpClient http = http()) {
            assertThat(health(http, secure.url()).version()).isEqualTo(HttpClient.Version.HTTP_2);
        }
    }

    private void putAndRead(KinesisClient client) {
        try (client) {
            String name = streams.create(1);
            client.putRecord(
                    put -> put.streamName(name).partitionKey("key").data(SdkBytes.fromUtf8String("under cover")));
            assertThat(TestStreams.texts(TestStreams.read(
                            client,
                            1,
                            from -> from.streamName(name)
                                    .shardId(FIRST_SHARD)
                                    .shardIteratorType(ShardIteratorType.TRIM_HORIZON))))
                    .containsExactly("under cover");
        }
    }

    private HttpClient http() throws GeneralSecurityException {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, JavaClients.trusting(requireNonNull(secure.ca())).trustManagers(), new SecureRandom());
        return HttpClient.newBuilder().sslContext(context).build();
    }

    private static HttpResponse<Void> health(HttpClient http, URI server) throws IOException, InterruptedException {
        return http.send(
                HttpRequest.newBuilder(server.resolve("/actuator/health")).build(),
                HttpResponse.BodyHandlers.discarding());
    }
}
