package io.riacho.auth.wire;

import static io.riacho.auth.wire.Errors.assertDenied;
import static io.riacho.auth.wire.Errors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.riacho.auth.authority.LastUses;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.StatusType;

class AccessKeysTest {

    private static final String UNKNOWN = "The security token included in the request is invalid.";

    private final AuthServer server = AuthServer.shared();
    private final IamClient iam = server.root();

    @Test
    void aKeyWorksFromTheMomentItIsMade() {
        String user = server.newUser();
        iam.putUserPolicy(request -> request.userName(user).policyName("all").policyDocument(AuthServer.ALLOW_ALL));

        AccessKey key = server.newKey(user);

        assertThat(key.accessKeyId()).matches("AKIA[A-Z2-7]{16}");
        assertThat(key.secretAccessKey()).hasSize(40);
        assertThat(server.client(key).getUser().user().userName()).isEqualTo(user);
    }

    @Test
    void aUserHasTwoKeysAtMost() {
        String user = server.newUser();
        server.newKey(user);
        server.newKey(user);

        assertRefused("LimitExceeded", () -> server.newKey(user))
                .isEqualTo("Cannot exceed quota for AccessKeysPerUser: 2");
    }

    @Test
    void aDeactivatedKeyIsRefusedAtOnceAndWorksAgainOnceItIsActivated() {
        String user = server.newUser();
        AccessKey key = server.newKey(user);
        IamClient client = server.client(key);
        assertDenied(client::getUser);

        setStatus(user, key, StatusType.INACTIVE);
        assertRefused("InvalidClientTokenId", client::getUser).isEqualTo(UNKNOWN);

        setStatus(user, key, StatusType.ACTIVE);
        assertDenied(client::getUser);
    }

    @Test
    void aKeyThatIsDeletedInactiveOrWasNeverThereIsRefusedInTheSameWords() {
        String user = server.newUser();
        AccessKey inactive = server.newKey(user);
        AccessKey deleted = server.newKey(user);
        setStatus(user, inactive, StatusType.INACTIVE);
        iam.deleteAccessKey(request -> request.userName(user).accessKeyId(deleted.accessKeyId()));
        List<AwsBasicCredentials> all = List.of(
                AwsBasicCredentials.create(inactive.accessKeyId(), inactive.secretAccessKey()),
                AwsBasicCredentials.create(inactive.accessKeyId(), "wrong"),
                AwsBasicCredentials.create(deleted.accessKeyId(), deleted.secretAccessKey()),
                AwsBasicCredentials.create("AKIAAAAAAAAAAAAAAAAA", "wrong"),
                AwsBasicCredentials.create("nokey", "wrong"),
                AwsBasicCredentials.create("ASIAAAAAAAAAAAAAAAAA", "wrong"));

        for (AwsBasicCredentials credentials : all) {
            assertRefused(
                            "InvalidClientTokenId",
                            () -> server.client(credentials).getUser())
                    .isEqualTo(UNKNOWN);
        }
    }

    @Test
    void aWrongSecretIsRefused() {
        AccessKey key = server.newKey(server.newUser());

        assertRefused(
                "SignatureDoesNotMatch",
                () -> server.client(AwsBasicCredentials.create(key.accessKeyId(), key.secretAccessKey() + "x"))
                        .getUser());
    }

    @Test
    void aKeyIsKnownByWhenAndForWhatItWasLastUsed() {
        String user = server.newUser();
        AccessKey key = server.newKey(user);
        assertThat(lastUsed(key).serviceName()).isEqualTo("N/A");
        assertThat(lastUsed(key).lastUsedDate()).isNull();

        assertRefused(
                "SignatureDoesNotMatch",
                () -> server.client(AwsBasicCredentials.create(key.accessKeyId(), "wrong"))
                        .getUser());
        assertThat(lastUsed(key).lastUsedDate()).isNull();

        assertDenied(() -> server.client(key).getUser());
        assertThat(lastUsed(key).serviceName()).isEqualTo("iam");
        assertThat(lastUsed(key).region()).isEqualTo("us-east-1");
        assertThat(lastUsed(key).lastUsedDate()).isNotNull();

        server.bean(LastUses.class).write();
        assertThat(lastUsed(key).serviceName()).isEqualTo("iam");
    }

    @Test
    void keysAreListedWithoutTheirSecrets() {
        String user = server.newUser();
        AccessKey key = server.newKey(user);

        var listed = iam.listAccessKeys(request -> request.userName(user));

        assertThat(listed.toString()).contains(key.accessKeyId()).doesNotContain(key.secretAccessKey());
    }

    @Test
    @ExtendWith(OutputCaptureExtension.class)
    void aSecretIsNowhereInClear(CapturedOutput output) throws Exception {
        String user = server.newUser();
        AccessKey key = server.newKey(user);
        assertDenied(() -> server.client(key).getUser());

        // The search itself is shown to work by finding the key's id.
        assertThat(everyTable()).anyMatch(row -> row.contains(key.accessKeyId()));
        assertThat(everyTable()).noneMatch(row -> row.contains(key.secretAccessKey()));
        assertThat(everyFile()).noneMatch(content -> content.contains(key.secretAccessKey()));
        assertThat(output).doesNotContain(key.secretAccessKey());
    }

    @Test
    void theThirdOfManyKeysAtOnceIsRefused() throws Exception {
        String user = server.newUser();

        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            threads.add(Thread.startVirtualThread(
                    () -> assertThatCode(() -> server.newKey(user)).satisfies(_ -> {})));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(iam.listAccessKeys(request -> request.userName(user)).accessKeyMetadata())
                .hasSize(2);
    }

    private void setStatus(String user, AccessKey key, StatusType status) {
        iam.updateAccessKey(
                request -> request.userName(user).accessKeyId(key.accessKeyId()).status(status));
    }

    private software.amazon.awssdk.services.iam.model.AccessKeyLastUsed lastUsed(AccessKey key) {
        return iam.getAccessKeyLastUsed(request -> request.accessKeyId(key.accessKeyId()))
                .accessKeyLastUsed();
    }

    /** Every row of every table as text; bytes both as hexadecimal and as characters. */
    private List<String> everyTable() throws Exception {
        List<String> rows = new ArrayList<>();
        var database = server.database();
        try (var connection = DriverManager.getConnection(database.url(), database.user(), database.password());
                var statement = connection.createStatement()) {
            List<String> tables = new ArrayList<>();
            try (var names = statement.executeQuery(
                    "select schemaname || '.' || tablename from pg_tables where schemaname = 'auth'")) {
                while (names.next()) {
                    tables.add(names.getString(1));
                }
            }
            for (String table : tables) {
                try (var content = statement.executeQuery("select t::text from " + table + " t")) {
                    while (content.next()) {
                        rows.add(content.getString(1));
                    }
                }
            }
            try (var content = statement.executeQuery("select encode(sealed_secret, 'escape') from auth.access_key")) {
                while (content.next()) {
                    rows.add(content.getString(1));
                }
            }
        }
        return rows;
    }

    private List<String> everyFile() throws Exception {
        try (Stream<Path> files = Files.walk(server.folder())) {
            List<String> contents = new ArrayList<>();
            for (Path file : files.filter(Files::isRegularFile).toList()) {
                contents.add(new String(Files.readAllBytes(file), java.nio.charset.StandardCharsets.ISO_8859_1));
            }
            assertThat(contents).isNotEmpty();
            return contents;
        }
    }
}
