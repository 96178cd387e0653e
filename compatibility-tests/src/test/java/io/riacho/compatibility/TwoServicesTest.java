package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * streams-service and auth-service as two processes. auth-service speaks TLS only, and asks for certificates; the two share
 * a PostgreSQL, as they may.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class TwoServicesTest {

    private static final Duration HEARD_WITHIN = Duration.ofSeconds(1);
    private static final Duration COUNTS_WITHIN = Duration.ofSeconds(5);

    private final JsonMapper json = JsonMapper.shared();
    private @Nullable SeparateServices services;
    private @Nullable ServerProcess streams;
    private KinesisClient root;

    @BeforeAll
    void startBoth() throws Exception {
        TestServer.assumeThatServersCanBeStarted();
        services = SeparateServices.started("two");
        streams = services.start("streams-service", "kinesis", "--riacho.streams.limits.enabled=false");
        root = JavaClients.urlConnection(streams.target());
    }

    @AfterAll
    void stopBoth() throws IOException {
        if (streams != null) {
            root.close();
        }
        if (services != null) {
            services.close();
        }
    }

    @Test
    void recordsArePutThroughTheOneByWhomTheOtherKnows() {
        String stream = newStream();
        AccessKey writer = userWith("Allow", "kinesis:PutRecord", stream);
        AccessKey nobody = userWith("Allow", "kinesis:PutRecord", stream + "-another");

        try (KinesisClient client = clientOf(writer)) {
            put(client, stream, "by the writer");
        }
        try (KinesisClient client = clientOf(nobody)) {
            assertRefused(client, stream, "AccessDeniedException");
        }
        try (KinesisClient client = clientOf(nobody.accessKeyId(), writer.secretAccessKey())) {
            assertRefused(client, stream, "InvalidSignatureException");
        }
        try (KinesisClient client = clientOf("AKIA2222222222222222", writer.secretAccessKey())) {
            assertRefused(client, stream, "UnrecognizedClientException");
        }
        assertThat(read(stream)).containsExactly("by the writer");
    }

    @Test
    void recordsAreSealedUnderAKeyOfTheOther() {
        String stream = newStream();
        root.startStreamEncryption(start ->
                start.streamName(stream).encryptionType(EncryptionType.KMS).keyId("alias/aws/kinesis"));
        awaitActive(stream);

        put(root, stream, "sealed");

        assertThat(read(stream)).containsExactly("sealed");
    }

    @Test
    void aTokenOfTheOtherIsTakenAndOneThatIsForgedIsNot() throws Exception {
        AccessKey owner = services().userWith(policy("Allow", "kinesis:ListStreams", "*"));
        JsonNode client = services().oauthClientOf(services().arnOf(owner));
        String token = token(client);
        assertThat(listStreams("Bearer " + token)).isEqualTo(200);

        String[] parts = token.split("\\.");
        ObjectNode head = (ObjectNode) json.readTree(Base64.getUrlDecoder().decode(parts[0]));
        ObjectNode claims = (ObjectNode) json.readTree(Base64.getUrlDecoder().decode(parts[1]));
        String longer = encoded(claims.deepCopy().put("exp", claims.path("exp").asLong() + 86_400));
        String earlier = encoded(claims.deepCopy().put("exp", claims.path("iat").asLong() - 1));
        String unsigned = encoded(head.deepCopy().put("alg", "none"));
        String symmetric = encoded(head.deepCopy().put("alg", "HS256"));
        for (String forged : List.of(
                parts[0] + "." + longer + "." + parts[2],
                parts[0] + "." + earlier + "." + parts[2],
                unsigned + "." + parts[1] + ".",
                unsigned + "." + longer + "." + parts[2],
                symmetric + "." + parts[1] + "." + parts[2],
                parts[0] + "." + parts[1] + ".",
                parts[0] + "." + parts[1],
                token + "." + parts[2],
                token.substring(0, token.length() - 8) + "AAAAAAAA")) {
            assertThat(listStreams("Bearer " + forged)).as(forged).isEqualTo(401);
        }
        assertThat(listStreams("Bearer " + token)).isEqualTo(200);
    }

    @Test
    void aChangedPolicyCountsWithinFiveSeconds() {
        String stream = newStream();
        AccessKey key = userWith("Allow", "kinesis:PutRecord", stream);
        try (KinesisClient client = clientOf(key)) {
            put(client, stream, "0");

            services()
                    .iam()
                    .putUserPolicy(policy -> policy.userName(key.userName())
                            .policyName("own")
                            .policyDocument(policy("Deny", "kinesis:PutRecord", arn(stream))));
            long changed = System.nanoTime();
            long lastServed = changed;
            while (true) {
                long asked = System.nanoTime();
                try {
                    put(client, stream, "again");
                    lastServed = asked;
                } catch (KinesisException e) {
                    assertThat(code(e)).isEqualTo("AccessDeniedException");
                    break;
                }
                assertThat(Duration.ofNanos(lastServed - changed)).isLessThan(COUNTS_WITHIN);
            }
            System.out.printf(
                    "the last request that was served by the old policy came %s after the change%n",
                    Duration.ofNanos(lastServed - changed));
            assertRefused(client, stream, "AccessDeniedException");
        }
    }

    @Test
    void theAuthorityIsForServicesThatShowACertificateOfItsCa() throws Exception {
        ClientCertificates.Issued service = services().certificates().issue("streams-service");
        ClientCertificates.Issued foreigner = new ClientCertificates("clients of two").issue("streams-service");
        String path = "/v1/authority/signing-keys";

        assertThat(status(services().https(service), path))
                .as("a service, without credentials")
                .isEqualTo(401);
        assertThat(status(services().https(null), path))
                .as("without a certificate")
                .isEqualTo(403);
        assertThat(status(services().https(null), "/v1/oauth-clients"))
                .as("what is not for services")
                .isEqualTo(401);
        assertThatExceptionOfType(IOException.class)
                .as("with a foreign certificate")
                .isThrownBy(() -> status(services().https(foreigner), path));
    }

    @Test
    void aServiceThatShowsAForeignCertificateLearnsNothingUntilItShowsItsOwnAgain() throws Exception {
        String stream = newStream();
        put(root, stream, "before");

        Path certificate = services().certificate("streams-service");
        Path privateKey = services().privateKey("streams-service");
        new ClientCertificates("clients of two").issue("streams-service").write(certificate, privateKey);
        try {
            Pause.until("the service learns nothing", () -> isUnavailable(stream));
        } finally {
            services().certificates().issue("streams-service").write(certificate, privateKey);
        }
        Pause.until("the service is served again", () -> !isUnavailable(stream));
    }

    @Test
    void aServiceGoesOnForAMomentWithoutTheOtherAndRecovers() {
        String stream = newStream();
        AccessKey key = userWith("Allow", "kinesis:PutRecord", stream);
        int acknowledged = 0;
        try (KinesisClient client = clientOf(key)) {
            Pause.until("the new user is known", () -> isServed(client, stream));
            acknowledged++;
            // What was changed just now is heard of by then: the answers from before it do not count any more.
            for (long begin = System.nanoTime(); System.nanoTime() - begin < HEARD_WITHIN.toNanos(); acknowledged++) {
                put(client, stream, "with auth-service");
            }
            services().auth().kill();
            long killed = System.nanoTime();
            try {
                put(client, stream, "without auth-service");
                acknowledged++;
                while (isServed(client, stream)) {
                    acknowledged++;
                }
                System.out.printf("served on for %s%n", Duration.ofNanos(System.nanoTime() - killed));
                assertRefused(client, stream, "ServiceUnavailable");
            } finally {
                services().auth().start();
            }
            Pause.until("the service is served again", () -> isServed(client, stream));
            acknowledged++;
        }
        assertThat(read(stream)).hasSize(acknowledged);
    }

    /** Whether it is; fails for any answer but a 503. */
    private static boolean isServed(KinesisClient client, String stream) {
        try {
            put(client, stream, "x");
            return true;
        } catch (KinesisException e) {
            assertThat(e.statusCode()).as(e.getMessage()).isEqualTo(503);
            return false;
        }
    }

    private boolean isUnavailable(String stream) {
        return !isServed(root, stream);
    }

    private static void put(KinesisClient client, String stream, String text) {
        PutRecordResponse put = client.putRecord(
                record -> record.streamName(stream).partitionKey("k").data(SdkBytes.fromUtf8String(text)));
        assertThat(put.sequenceNumber()).isNotEmpty();
    }

    private static void assertRefused(KinesisClient client, String stream, String expected) {
        assertThatExceptionOfType(KinesisException.class)
                .isThrownBy(() -> put(client, stream, "refused"))
                .satisfies(e -> assertThat(code(e)).isEqualTo(expected));
    }

    private static String code(KinesisException e) {
        return e.awsErrorDetails().errorCode();
    }

    private List<String> read(String stream) {
        String iterator = root.getShardIterator(get -> get.streamName(stream)
                        .shardId("shardId-000000000000")
                        .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                .shardIterator();
        return root.getRecords(get -> get.shardIterator(iterator)).records().stream()
                .map(record -> record.data().asUtf8String())
                .toList();
    }

    private String newStream() {
        String stream = "two-" + UUID.randomUUID();
        root.createStream(create -> create.streamName(stream).shardCount(1));
        awaitActive(stream);
        return stream;
    }

    private void awaitActive(String stream) {
        Pause.until(
                "the stream is active",
                () -> root.describeStreamSummary(get -> get.streamName(stream))
                        .streamDescriptionSummary()
                        .streamStatusAsString()
                        .equals("ACTIVE"));
    }

    /** A new user with one statement on one stream. */
    private AccessKey userWith(String effect, String action, String stream) {
        return services().userWith(policy(effect, action, arn(stream)));
    }

    private String encoded(JsonNode part) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(json.writeValueAsBytes(part));
    }

    private String token(JsonNode client) throws Exception {
        String basic = client.path("clientId").stringValue() + ":"
                + client.path("clientSecret").stringValue();
        HttpResponse<String> response = services()
                .https(null)
                .send(
                        HttpRequest.newBuilder(services().authUrl("/oauth2/token"))
                                .header(
                                        "Authorization",
                                        "Basic "
                                                + Base64.getEncoder()
                                                        .encodeToString(basic.getBytes(StandardCharsets.UTF_8)))
                                .header("Content-Type", "application/x-www-form-urlencoded")
                                .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        return json.readTree(response.body()).path("access_token").stringValue();
    }

    /** The status of the answer that streams-service gives. */
    private int listStreams(String authorization) throws Exception {
        ServerProcess running = streams;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(
                            HttpRequest.newBuilder(running.target().url().resolve("/v1/streams"))
                                    .header("Authorization", authorization)
                                    .build(),
                            HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    private int status(HttpClient client, String path) throws IOException, InterruptedException {
        return client.send(
                        HttpRequest.newBuilder(services().authUrl(path))
                                .POST(HttpRequest.BodyPublishers.ofString("{}"))
                                .header("Content-Type", "application/json")
                                .build(),
                        HttpResponse.BodyHandlers.discarding())
                .statusCode();
    }

    private KinesisClient clientOf(AccessKey key) {
        return clientOf(key.accessKeyId(), key.secretAccessKey());
    }

    private KinesisClient clientOf(String accessKeyId, String secretAccessKey) {
        ServerProcess running = streams;
        if (running == null) {
            throw new IllegalStateException("not started");
        }
        return JavaClients.urlConnection(
                new Target(running.target().url(), accessKeyId, secretAccessKey).withoutRetries());
    }

    private SeparateServices services() {
        if (services == null) {
            throw new IllegalStateException("not started");
        }
        return services;
    }

    private static String arn(String stream) {
        return "arn:aws:kinesis:" + Target.REGION + ":" + Target.ACCOUNT + ":stream/" + stream;
    }

    private static String policy(String effect, String action, String resource) {
        return "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"" + effect + "\",\"Action\":\"" + action
                + "\",\"Resource\":\"" + resource + "\"}]}";
    }
}
