package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLSocket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.Protocol;
import software.amazon.awssdk.http.ProtocolNegotiation;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.KinesisClient;

/** Clients that trust the server's own CA. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HttpsTest {

    private static final byte[] PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] EMPTY_SETTINGS = {0, 0, 0, 4, 0, 0, 0, 0, 0};
    private static final int TLS_1_1 = 0x0302;
    private static final int TLS_1_2 = 0x0303;
    private static final int ECDHE_ECDSA_AES_128_GCM = 0xC02B;
    private static final int ECDHE_ECDSA_AES_128_CBC = 0xC009;

    private static ToyKinesis toy;
    private static Path ca;

    @BeforeAll
    static void start() {
        toy = new ToyKinesis();
        ca = toy.data().resolve("tls/ca.crt");
    }

    @AfterAll
    static void stop() {
        toy.close();
    }

    @Test
    void aSyncClientIsServedAndItsRequestIsSecure() {
        try (KinesisClient client = TestClients.https(toy.tlsPort(), ca, ToyKinesis.ACCESS_KEY)) {
            assertThat(client.listTagsForStream(request -> request.streamName("s"))
                            .tags())
                    .contains(software.amazon.awssdk.services.kinesis.model.Tag.builder()
                            .key("secure")
                            .value("true")
                            .build());
        }
    }

    @ParameterizedTest
    @CsvSource({"HTTP1_1, ASSUME_PROTOCOL", "HTTP2, ASSUME_PROTOCOL", "HTTP1_1, ALPN", "HTTP2, ALPN"})
    void anAsyncClientIsServedWithAlpnAndWithout(Protocol protocol, ProtocolNegotiation negotiation) {
        assumeThat(protocol == Protocol.HTTP1_1 && negotiation == ProtocolNegotiation.ALPN)
                .as("the SDK negotiates HTTP/2 only")
                .isFalse();
        try (KinesisAsyncClient client = KinesisAsyncClient.builder()
                .endpointOverride(URI.create("https://localhost:" + toy.tlsPort()))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY)))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder()
                        .protocol(protocol)
                        .protocolNegotiation(negotiation)
                        .tlsTrustManagersProvider(() -> TestClients.trusting(ca)))
                .build()) {
            assertThat(client.listStreams().join().streamNames()).hasSize(3);
        }
    }

    @Test
    void aConnectionMayBeginWithHttp2WithoutHavingNegotiatedIt() throws Exception {
        try (SSLSocket socket = connect(toy.tlsPort(), ca)) {
            socket.getOutputStream().write(PREFACE);
            socket.getOutputStream().write(EMPTY_SETTINGS);

            byte[] head = socket.getInputStream().readNBytes(9);

            assertThat(socket.getApplicationProtocol()).isEmpty();
            assertThat(head[3]).as("the type of the first frame: SETTINGS").isEqualTo((byte) 4);
        }
    }

    @ParameterizedTest
    @CsvSource({"--http2, 2", "--http1.1, 1.1"})
    void curlIsServed(String option, String version) throws Exception {
        String told = run("curl", "-sS", option, "--cacert", ca.toString(), "-w", "%{http_version}", url());

        assertThat(told).startsWith("<AccessDeniedException>").endsWith(version);
    }

    @Test
    void botoIsServed() throws Exception {
        String script = "import boto3, sys\n"
                + "client = boto3.client('kinesis', endpoint_url=sys.argv[1], verify=sys.argv[2],"
                + " region_name='us-east-1', aws_access_key_id=sys.argv[3], aws_secret_access_key=sys.argv[4])\n"
                + "print(len(client.list_streams()['StreamNames']))\n";

        String told = run("python3", "-c", script, url(), ca.toString(), ToyKinesis.ACCESS_KEY, ToyKinesis.SECRET_KEY);

        assertThat(told.strip()).isEqualTo("3");
    }

    @Test
    void opensslVerifiesTheCertificateForEachName() throws Exception {
        for (String name : List.of("-verify_hostname localhost", "-verify_ip 127.0.0.1", "-verify_ip ::1")) {
            List<String> command = new java.util.ArrayList<>(
                    List.of("openssl", "s_client", "-connect", "127.0.0.1:" + toy.tlsPort(), "-CAfile", ca.toString()));
            command.addAll(List.of(name.split(" ")));
            command.addAll(List.of("-verify_return_error", "-brief"));

            assertThat(run(command.toArray(String[]::new))).contains("Verification: OK");
        }
    }

    @Test
    void whatIsOldIsRefused() throws IOException {
        assertThat(helloAnswer(TLS_1_2, ECDHE_ECDSA_AES_128_GCM)).isEqualTo("handshake");
        assertThat(helloAnswer(TLS_1_1, ECDHE_ECDSA_AES_128_CBC)).isEqualTo("alert 70");
        assertThat(helloAnswer(TLS_1_2, ECDHE_ECDSA_AES_128_CBC)).isEqualTo("alert 40");
    }

    @Test
    void theKeysAreTheirOwnersOnly() throws IOException {
        for (String key : List.of("tls/ca.key", "tls/server.key")) {
            assertThat(java.nio.file.attribute.PosixFilePermissions.toString(
                            java.nio.file.Files.getPosixFilePermissions(
                                    toy.data().resolve(key))))
                    .isEqualTo("rw-------");
        }
    }

    @Test
    void theServersPortSpeaksTlsOnlyWhereHttpIsOff() {
        try (ToyKinesis quiet = new ToyKinesis("riacho.http.enabled=false");
                KinesisClient client =
                        TestClients.https(quiet.tlsPort(), quiet.data().resolve("tls/ca.crt"), ToyKinesis.ACCESS_KEY);
                KinesisClient plain = TestClients.plain(quiet.tlsPort(), ToyKinesis.ACCESS_KEY)) {
            assertThat(quiet.port()).isEqualTo(quiet.tlsPort());
            assertThat(client.listStreams().streamNames()).hasSize(3);
            assertThatExceptionOfType(software.amazon.awssdk.core.exception.SdkException.class)
                    .isThrownBy(plain::listStreams);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theTwoListenersAreOnPortsOfTheirOwn(boolean isTls) throws IOException {
        try (ToyKinesis toy = new ToyKinesis("riacho.tls.enabled=" + isTls)) {
            assertThat(toy.tlsPort() > 0).isEqualTo(isTls);
            assertThat(toy.tlsPort()).isNotEqualTo(toy.port());
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), toy.port())) {
                assertThat(socket.isConnected()).isTrue();
            } catch (ConnectException e) {
                throw new AssertionError("HTTP is not served", e);
            }
        }
    }

    static SSLSocket connect(int port, Path ca) throws Exception {
        SSLSocket socket =
                (SSLSocket) TestClients.context(ca).getSocketFactory().createSocket("localhost", port);
        var parameters = socket.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        socket.setSSLParameters(parameters);
        socket.startHandshake();
        return socket;
    }

    private static String url() {
        return "https://localhost:" + toy.tlsPort() + "/";
    }

    /** Runs a command that may be missing on this machine; gives what it writes. */
    private static String run(String... command) throws Exception {
        Process process;
        try {
            process = new ProcessBuilder(command).redirectErrorStream(true).start();
        } catch (IOException e) {
            assumeThat(true).as(command[0] + " is missing").isFalse();
            throw e;
        }
        process.getOutputStream().close();
        String told = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assumeThat(told).doesNotContain("ModuleNotFoundError");
        return told;
    }

    /** What the server says to a ClientHello (RFC 5246, section 7.4.1.2) with one version and one cipher suite. */
    private static String helloAnswer(int version, int cipher) throws IOException {
        ByteBuffer extensions = ByteBuffer.allocate(64);
        extensions.putShort((short) 10).putShort((short) 4).putShort((short) 2).putShort((short) 23);
        extensions.putShort((short) 11).putShort((short) 2).put((byte) 1).put((byte) 0);
        extensions.putShort((short) 13).putShort((short) 4).putShort((short) 2).putShort((short) 0x0403);
        ByteBuffer body = ByteBuffer.allocate(128);
        body.putShort((short) version).put(new byte[32]).put((byte) 0);
        body.putShort((short) 2).putShort((short) cipher).put((byte) 1).put((byte) 0);
        body.putShort((short) extensions.position()).put(extensions.array(), 0, extensions.position());
        ByteBuffer record = ByteBuffer.allocate(256);
        record.put((byte) 22).putShort((short) 0x0301).putShort((short) (body.position() + 4));
        record.put((byte) 1).put((byte) 0).putShort((short) body.position());
        record.put(body.array(), 0, body.position());
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), toy.tlsPort())) {
            OutputStream out = socket.getOutputStream();
            out.write(record.array(), 0, record.position());
            out.flush();
            DataInputStream in = new DataInputStream(socket.getInputStream());
            int type = in.read();
            in.readNBytes(5);
            return switch (type) {
                case 21 -> "alert " + in.read();
                case 22 -> "handshake";
                default -> "record " + type;
            };
        }
    }
}
