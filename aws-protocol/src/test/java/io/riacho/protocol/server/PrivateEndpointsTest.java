package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.Tag;

@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class PrivateEndpointsTest {

    private static final String OPEN = "vpce-0a1b2c3d";
    private static final String LIMITED = "vpce-limited";
    private static final String FAR = "vpce-far";
    private static final String DENYING = "vpce-denying";
    private static final String FAR_TLS = "vpce-far-tls";
    private static final String DENY_TAGS =
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"},"
                    + "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kinesis:ListTags*\",\"Resource\":\"*\"}]}";
    private static final String ALLOW_ALL =
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"*\",\"Resource\":\"*\"}]}";
    private static final String ALLOW_TAGS =
            "{\"Statement\":[{\"Effect\":\"Allow\",\"Principal\":\"*\",\"Action\":\"kinesis:ListTags*\","
                    + "\"Resource\":\"*\"}]}";

    @TempDir
    private static Path folder;

    private static ToyKinesis toy;
    private static Path policy;

    @BeforeAll
    static void start() throws IOException {
        policy = Files.writeString(folder.resolve("policy.json"), ALLOW_TAGS);
        toy = new ToyKinesis(
                "riacho.endpoints[0].id=" + OPEN,
                "riacho.endpoints[0].port=0",
                "riacho.endpoints[0].vpc=vpc-1",
                "riacho.endpoints[0].allowed-networks=10.0.0.0/8,127.0.0.0/8",
                "riacho.endpoints[1].id=" + LIMITED,
                "riacho.endpoints[1].port=0",
                "riacho.endpoints[1].tls=false",
                "riacho.endpoints[1].policy=" + policy,
                "riacho.endpoints[2].id=" + FAR,
                "riacho.endpoints[2].port=0",
                "riacho.endpoints[2].tls=false",
                "riacho.endpoints[2].allowed-networks=192.0.2.0/24,2001:db8::/32",
                "riacho.endpoints[3].id=" + DENYING,
                "riacho.endpoints[3].port=0",
                "riacho.endpoints[3].tls=false",
                "riacho.endpoints[3].policy=" + DENY_TAGS,
                "riacho.endpoints[4].id=" + FAR_TLS,
                "riacho.endpoints[4].port=0",
                "riacho.endpoints[4].allowed-networks=192.0.2.0/24");
    }

    @AfterAll
    static void stop() {
        toy.close();
    }

    @Test
    void aRequestCarriesTheEndpointThatItCameThrough() {
        try (KinesisClient client =
                TestClients.https(toy.endpointPort(OPEN), toy.data().resolve("tls/ca.crt"), ToyKinesis.ACCESS_KEY)) {
            assertThat(tags(client))
                    .containsEntry("endpoint", OPEN)
                    .containsEntry("vpc", "vpc-1")
                    .containsEntry("secure", "true");
        }
    }

    @Test
    void aRequestToThePublicListenerCarriesNone() {
        try (KinesisClient client = TestClients.plain(toy.port(), ToyKinesis.ACCESS_KEY)) {
            assertThat(tags(client)).containsEntry("endpoint", "").containsEntry("secure", "false");
        }
    }

    @Test
    void noHeaderNamesAnEndpoint() throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            RawAnswer answer = http.send(new SignedText(toy.port())
                                    .head(
                                            "ListTagsForStream",
                                            SignedText.JSON,
                                            "{\"StreamName\":\"s\"}".getBytes(),
                                            "Content-Length: 18\nX-Amz-Vpce-Id: " + OPEN
                                                    + "\nio.riacho.protocol.PrivateEndpoint: " + OPEN
                                                    + "\nX-Forwarded-For: 10.1.1.1\nX-Forwarded-Proto: https\n"
                                                            .stripTrailing())
                            + "{\"StreamName\":\"s\"}")
                    .answer();

            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.body())
                    .contains("{\"Key\":\"endpoint\",\"Value\":\"\"}", "\"secure\",\"Value\":\"false\"");
        }
    }

    @Test
    void itsPolicyLimitsWhatGoesThroughItEvenForTheAccountItself() throws IOException {
        Files.writeString(policy, ALLOW_TAGS);
        try (KinesisClient client = TestClients.plain(toy.endpointPort(LIMITED), ToyKinesis.ACCESS_KEY)) {
            awaitUntil(() -> !isAllowed(client));
            assertThat(tags(client)).containsEntry("endpoint", LIMITED);
            assertThatExceptionOfType(KinesisException.class)
                    .isThrownBy(client::listStreams)
                    .withMessageContaining("because no VPC endpoint policy allows the kinesis:ListStreams action");
        }
    }

    @Test
    void itsPolicyFollowsItsFileAndAFileThatIsNoneChangesNothing() throws Exception {
        try (KinesisClient client = TestClients.plain(toy.endpointPort(LIMITED), ToyKinesis.ACCESS_KEY)) {
            Files.writeString(policy, ALLOW_ALL);
            awaitUntil(() -> isAllowed(client));

            Files.writeString(policy, "{\"Statement\":[{\"Effect\":\"Deny\"}]}");
            // Longer than it takes to look.
            Thread.sleep(1_500);
            assertThat(isAllowed(client)).isTrue();

            Files.writeString(policy, ALLOW_TAGS);
            awaitUntil(() -> !isAllowed(client));
            Files.delete(policy);
            Thread.sleep(1_500);
            assertThat(isAllowed(client)).isFalse();
            Files.writeString(policy, ALLOW_TAGS);
        }
    }

    @Test
    void itsPolicyDeniesWhatAUsersOwnPolicyAllows() {
        try (KinesisClient through = TestClients.plain(toy.endpointPort(DENYING), ToyKinesis.USER_KEY);
                KinesisClient beside = TestClients.plain(toy.port(), ToyKinesis.USER_KEY)) {
            assertThat(isAllowed(through)).isTrue();
            assertThat(tags(beside)).isNotEmpty();
            assertThatExceptionOfType(KinesisException.class)
                    .isThrownBy(() -> tags(through))
                    .withMessageContaining("with an explicit deny in a VPC endpoint policy");
        }
    }

    @Test
    void aPeerFromAnotherNetworkIsCutOffBeforeTheHandshakeAndThatIsAudited() throws Exception {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), toy.endpointPort(FAR_TLS))) {
            socket.setSoTimeout(10_000);
            // Nothing is said, so a server that waited for a ClientHello would be waited for.
            assertThat(isClosed(socket)).isTrue();
        }
        awaitUntil(() -> audit().lines()
                .anyMatch(line ->
                        line.contains("\"cut-off\"") && line.contains("\"127.0.0.1\"") && line.contains(FAR_TLS)));
    }

    @Test
    void aPeerFromAnotherNetworkIsCutOffUnheardAndTakesNoPlace() throws IOException {
        for (int i = 0; i < 100; i++) {
            try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), toy.endpointPort(FAR))) {
                socket.setSoTimeout(10_000);
                assertThat(isClosed(socket)).isTrue();
            }
        }
        assertThat(connections(FAR)).isLessThanOrEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "id=other                             | riacho.endpoints[0].id",
                "port=70000                           | riacho.endpoints[0].port",
                "vpc=no vpc                           | riacho.endpoints[0].vpc",
                "allowed-networks=10.0.0.0/33         | riacho.endpoints[0].allowed-networks",
                "allowed-networks=localhost           | riacho.endpoints[0].allowed-networks",
                "allowed-networks=                    | riacho.endpoints[0].allowed-networks",
                "allowed-netwroks=10.0.0.0/8          | riacho.endpoints[0].allowed-netwroks",
                "policy=/missing.json                 | riacho.endpoints[0].policy",
                "policy={\"Statement\":[]}            | riacho.endpoints[0].policy",
            })
    void aServerDoesNotStartWithAWrongEndpoint(String property, String named) {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new ToyKinesis(
                                property.startsWith("id=") ? "x=y" : "riacho.endpoints[0].id=vpce-1",
                                property.startsWith("port=") ? "x=y" : "riacho.endpoints[0].port=0",
                                "riacho.endpoints[0]." + property)
                        .close())
                .satisfies(error -> assertThat(org.assertj.core.util.Throwables.getStackTrace(error))
                        .contains(named));
    }

    @Test
    void twoEndpointsDoNotShareAnId() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> new ToyKinesis(
                                "riacho.endpoints[0].id=vpce-1",
                                "riacho.endpoints[0].port=0",
                                "riacho.endpoints[1].id=vpce-1",
                                "riacho.endpoints[1].port=0")
                        .close())
                .satisfies(error -> assertThat(org.assertj.core.util.Throwables.getStackTrace(error))
                        .contains("riacho.endpoints[1].id"));
    }

    private static String audit() {
        try {
            return Files.readString(toy.data().resolve("audit/audit.log"));
        } catch (IOException e) {
            return "";
        }
    }

    private static Map<String, String> tags(KinesisClient client) {
        return client.listTagsForStream(request -> request.streamName("s")).tags().stream()
                .collect(Collectors.toMap(Tag::key, Tag::value));
    }

    private static boolean isAllowed(KinesisClient client) {
        try {
            client.listStreams();
            return true;
        } catch (KinesisException e) {
            return false;
        }
    }

    private static boolean isClosed(Socket socket) {
        try {
            return socket.getInputStream().read() < 0;
        } catch (java.net.SocketTimeoutException e) {
            return false;
        } catch (IOException e) {
            return true;
        }
    }

    private static long connections(String id) {
        return toy.bean(io.riacho.protocol.endpoint.PrivateEndpoints.class).connections(id);
    }

    private static void awaitUntil(java.util.function.BooleanSupplier condition) {
        while (!condition.getAsBoolean()) {
            try {
                Thread.sleep(20);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
