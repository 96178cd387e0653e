package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What is in the audit log once the server has stopped. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class AuditedRequestsTest {

    @TempDir
    private Path folder;

    private ToyKinesis toy;

    @BeforeEach
    void start() {
        toy = new ToyKinesis("riacho.audit.folder=" + folder.resolve("audit"));
    }

    @Test
    void aDenialIsAuditedOnceWithTheStatementThatDecided() throws IOException {
        String requestId = call(ToyKinesis.USER_KEY, client -> client.describeStreamSummary(r -> r.streamName("s")));

        JsonNode line = onlyLine();
        assertThat(line.path("outcome").asString()).isEqualTo("denied");
        assertThat(line.path("requestId").asString()).isEqualTo(requestId);
        assertThat(line.path("principal").asString()).isEqualTo("arn:aws:iam::000000000000:user/ann");
        assertThat(line.path("credential").asString()).isEqualTo(ToyKinesis.USER_KEY);
        assertThat(line.path("sourceIp").asString()).isEqualTo("127.0.0.1");
        assertThat(line.path("tls").asBoolean()).isFalse();
        assertThat(line.path("action").asString()).isEqualTo("kinesis:DescribeStreamSummary");
        assertThat(line.path("resource").asString()).isEqualTo("*");
        assertThat(line.path("decision").toString())
                .isEqualTo("{\"outcome\":\"EXPLICIT_DENY\",\"kind\":\"IDENTITY\",\"policy\":\"little\","
                        + "\"sid\":\"NoDescribing\",\"statement\":1}");
    }

    @Test
    void aChangeIsAuditedOnceAndReadsAndRecordsAreNot() throws IOException {
        try (KinesisClient client = TestClients.plain(toy.port(), ToyKinesis.USER_KEY)) {
            client.listStreams();
            client.putRecord(r -> r.streamName("s").partitionKey("secret-key").data(SdkBytes.fromUtf8String("secret")));
            client.createStream(r -> r.streamName("s"));
        }

        JsonNode line = onlyLine();
        assertThat(line.path("outcome").asString()).isEqualTo("changed");
        assertThat(line.path("action").asString()).isEqualTo("kinesis:CreateStream");
        assertThat(line.path("principal").asString()).isEqualTo("arn:aws:iam::000000000000:user/ann");
        assertThat(line.path("decision").path("outcome").asString()).isEqualTo("ALLOWED");
    }

    @Test
    void credentialsThatAreNotAcceptedAreAudited() throws IOException {
        call("AKIDOTHER", KinesisClient::listStreams);

        JsonNode line = onlyLine();
        assertThat(line.path("outcome").asString()).isEqualTo("unauthenticated");
        assertThat(line.path("claimedAccessKeyId").asString()).isEqualTo("AKIDOTHER");
        assertThat(line.path("error").asString()).isEqualTo("UnrecognizedClientException");
        assertThat(line.path("action").asString()).isEqualTo("kinesis:ListStreams");
        assertThat(line.has("principal")).isFalse();
    }

    @Test
    void aWrongSecretIsAuditedAndNotShown() throws IOException {
        try (RawHttp http = new RawHttp(toy.port())) {
            String head = new SignedText(toy.port()).head("ListStreams", "{}");
            RawAnswer answer = http.send(head.replaceFirst("Signature=[0-9a-f]{4}", "Signature=0000") + "{}")
                    .answer();
            assertThat(answer.status()).isEqualTo(400);
        }

        JsonNode line = onlyLine();
        assertThat(line.path("error").asString()).isEqualTo("InvalidSignatureException");
        assertThat(line.toString()).doesNotContain("0000000", "ignature=");
    }

    @Test
    void aFloodOfFailuresIsCounted() throws IOException {
        for (int i = 0; i < 500; i++) {
            try (RawHttp http = new RawHttp(toy.port())) {
                http.send("POST / HTTP/1.1\nHost: x\nContent-Type: application/x-amz-json-1.1\n"
                        + "X-Amz-Target: Kinesis_20131202.ListStreams\nContent-Length: 2\n\n{}");
                assertThat(http.answer().status()).isEqualTo(400);
            }
        }

        List<JsonNode> lines = lines();
        JsonNode last = lines.getLast();
        assertThat(lines).hasSize(11);
        assertThat(last.path("outcome").asString()).isEqualTo("failures");
        assertThat(last.path("count").asInt()).isEqualTo(490);
        assertThat(last.path("top").path("127.0.0.1").asInt()).isEqualTo(490);
        assertThat(last.path("errors")
                        .path("MissingAuthenticationTokenException")
                        .asInt())
                .isEqualTo(490);
    }

    @Test
    void aFloodOfDenialsIsCounted() throws IOException {
        try (KinesisClient client = TestClients.plain(toy.port(), ToyKinesis.USER_KEY)) {
            for (int i = 0; i < 300; i++) {
                assertThatExceptionOfType(KinesisException.class)
                        .isThrownBy(() -> client.describeStreamSummary(r -> r.streamName("s")));
            }
        }

        List<JsonNode> lines = lines();
        assertThat(lines).extracting(line -> line.path("outcome").asString()).containsExactly("denied", "denials");
        JsonNode last = lines.getLast();
        assertThat(last.path("count").asInt()).isEqualTo(299);
        assertThat(last.path("principal").asString()).isEqualTo("arn:aws:iam::000000000000:user/ann");
        assertThat(last.path("action").asString()).isEqualTo("kinesis:DescribeStreamSummary");
        assertThat(last.path("resource").asString()).isEqualTo("*");
    }

    @Test
    void onlyItsOwnerMayReadTheLog() throws IOException {
        lines();
        assertThat(mode(folder.resolve("audit/audit.log"))).isEqualTo("rw-------");
        assertThat(mode(folder.resolve("audit"))).isEqualTo("rwx------");
    }

    /** Calls and fails; gives the request's id. */
    private String call(String accessKey, java.util.function.Consumer<KinesisClient> call) {
        try (KinesisClient client = TestClients.plain(toy.port(), accessKey)) {
            return assertThatExceptionOfType(KinesisException.class)
                    .isThrownBy(() -> call.accept(client))
                    .actual()
                    .requestId();
        }
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private JsonNode onlyLine() throws IOException {
        List<JsonNode> lines = lines();
        assertThat(lines).hasSize(1);
        return lines.getFirst();
    }

    private List<JsonNode> lines() throws IOException {
        toy.close();
        List<JsonNode> lines = new ArrayList<>();
        for (String line : Files.readAllLines(folder.resolve("audit/audit.log"))) {
            lines.add(JsonMapper.shared().readTree(line));
        }
        return lines;
    }
}
