package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.EncryptionType;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.sts.StsClient;

/**
 * A server is used, with an encrypted stream and identities of each kind, and stopped, which has PostgreSQL write everything to its
 * files. Then every byte of every file below its folder is looked through: journal, segments, PostgreSQL's tables and its log, audit log,
 * and the server's own log.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class NothingInTheClearTest {

    private static final String SEALED = "a-text-that-only-its-reader-sees";
    private static final String SEALED_KEY = "a-partition-key-that-is-sealed-too";
    private static final String OPEN = "a-text-of-a-stream-without-encryption";

    private final Map<String, String> secrets = new LinkedHashMap<>();
    private final Map<String, List<String>> filesByText = new HashMap<>();
    private @Nullable ServerProcess server;
    private String sealedStream;
    private String userName;

    @BeforeAll
    void useAServerAndStopIt() throws IOException {
        TestServer.assumeThatServersCanBeStarted();
        ServerProcess started = ServerProcess.started("nothing-in-the-clear");
        server = started;
        Target root = started.target();
        secrets.put("the root's secret access key", root.secretAccessKey());
        TestStreams streams = new TestStreams(root);
        TestIdentities identities = new TestIdentities(root);
        try (KinesisClient kinesis = JavaClients.urlConnection(root);
                KmsClient kms = JavaClients.kms(root);
                OAuth oauth = new OAuth(root)) {
            String key = kms.createKey().keyMetadata().keyId();
            sealedStream = streams.create(1);
            kinesis.startStreamEncryption(start -> start.streamName(sealedStream)
                    .encryptionType(EncryptionType.KMS)
                    .keyId(key));
            streams.awaitActive(sealedStream);
            put(kinesis, sealedStream, SEALED_KEY, SEALED);
            String open = streams.create(1);
            put(kinesis, open, "key", OPEN);

            TestIdentities.User user = identities.user(Policies.allow("*", "*"));
            userName = user.name();
            secrets.put("a user's secret access key", user.target().secretAccessKey());
            String role = identities.role(Policies.trust(user.arn()), Policies.allow("*", "*"));
            try (StsClient sts = JavaClients.sts(user.target())) {
                var session = sts.assumeRole(assume -> assume.roleArn(role).roleSessionName("session"))
                        .credentials();
                secrets.put("a session's secret access key", session.secretAccessKey());
                try (KinesisClient asRole = JavaClients.urlConnection(
                        root.as(session.accessKeyId(), session.secretAccessKey(), session.sessionToken()))) {
                    put(asRole, sealedStream, SEALED_KEY, SEALED);
                }
            }
            OAuth.Client client = oauth.client(user.arn());
            secrets.put("an OAuth2 client's secret", client.secret());
            String token = oauth.token(client);
            secrets.put("an access token's signature", token.substring(token.lastIndexOf('.') + 1));
            byte[] dataKey = kms.generateDataKey(generate -> generate.keyId(key).keySpec(DataKeySpec.AES_256))
                    .plaintext()
                    .asByteArray();
            secrets.put("a data key", new String(dataKey, StandardCharsets.ISO_8859_1));
            kms.encrypt(encrypt -> encrypt.keyId(key).plaintext(SdkBytes.fromUtf8String("a-text-that-kms-encrypts")));
            secrets.put("what KMS encrypted", "a-text-that-kms-encrypts");
        }
        started.close();
        List<String> texts = new ArrayList<>(List.of(SEALED, SEALED_KEY, OPEN, userName));
        texts.addAll(secrets.values());
        lookThrough(started.folder(), texts);
    }

    @AfterAll
    void stop() {
        if (server != null) {
            server.close();
        }
    }

    @Test
    void recordsOfTheEncryptedStreamAreNowhere() {
        assertThat(filesWith(SEALED)).isEmpty();
    }

    @Test
    void partitionKeysOfTheEncryptedStreamAreNowhere() {
        assertThat(filesWith(SEALED_KEY)).isEmpty();
    }

    @Test
    void secretsAreNowhere() {
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            assertThat(filesWith(secret.getValue())).as(secret.getKey()).isEmpty();
        }
    }

    @Test
    void whatIsNoSecretIsFoundInTheLogAndInPostgreSqlsTables() {
        assertThat(filesWith(OPEN)).anyMatch(file -> file.startsWith("data/streams/"));
        assertThat(filesWith(userName))
                .anyMatch(file -> file.matches("data/postgres/base/.*"))
                .anyMatch(file -> file.startsWith("data/audit/"));
    }

    @Test
    void afterAStartTheRecordsAreReadAsTheyWerePut() {
        ServerProcess stopped = requireNonNull(server);
        stopped.start();
        try (KinesisClient kinesis = JavaClients.urlConnection(stopped.target())) {
            List<Record> records = TestStreams.read(
                    kinesis,
                    2,
                    from -> from.streamName(sealedStream)
                            .shardId("shardId-000000000000")
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON));
            assertThat(TestStreams.texts(records)).containsExactly(SEALED, SEALED);
            assertThat(records).extracting(Record::partitionKey).containsOnly(SEALED_KEY);
        } finally {
            stopped.close();
        }
    }

    /** Those that have a text as it is, in hexadecimal digits or in Base64. */
    private List<String> filesWith(String text) {
        return requireNonNull(filesByText.get(text));
    }

    private void lookThrough(Path folder, List<String> texts) throws IOException {
        Map<String, List<String>> forms = new HashMap<>();
        for (String text : texts) {
            forms.put(text, formsOf(text));
            filesByText.put(text, new ArrayList<>());
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                String content = Files.readString(file, StandardCharsets.ISO_8859_1);
                forms.forEach((text, each) -> {
                    if (each.stream().anyMatch(content::contains)) {
                        filesWith(text).add(folder.relativize(file).toString());
                    }
                });
            }
        }
    }

    private static List<String> formsOf(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
        List<String> forms = new ArrayList<>(List.of(
                text,
                HexFormat.of().formatHex(bytes),
                HexFormat.of().withUpperCase().formatHex(bytes)));
        for (int offset = 0; offset < 3; offset++) {
            forms.add(base64Of(bytes, offset));
        }
        return forms;
    }

    /** What Base64 makes of the bytes where so many others come before them, without the digits that depend on their neighbours. */
    private static String base64Of(byte[] bytes, int offset) {
        byte[] shifted = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, shifted, offset, bytes.length);
        String digits = Base64.getEncoder().withoutPadding().encodeToString(shifted);
        return digits.substring(offset == 0 ? 0 : offset + 1, digits.length() - 1);
    }

    private static void put(KinesisClient kinesis, String stream, String partitionKey, String text) {
        kinesis.putRecord(
                put -> put.streamName(stream).partitionKey(partitionKey).data(SdkBytes.fromUtf8String(text)));
    }
}
