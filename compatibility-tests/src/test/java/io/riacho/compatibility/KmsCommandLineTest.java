package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.TestIdentities.User;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** {@code aws kms …}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class KmsCommandLineTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    @TempDir
    private static Path folder;

    private TestIdentities identities;
    private CommandLine aws;

    @BeforeAll
    void startTheCommandLine() {
        aws = CommandLine.started(SERVER.target());
        identities = new TestIdentities(SERVER.target());
    }

    @AfterAll
    void stopTheCommandLine() {
        if (aws != null) {
            identities.close();
            aws.close();
        }
    }

    @Test
    void aKeyIsMadeAndDescribedAndListed() {
        JsonNode made = aws.run("kms", "create-key", "--description", "of orders", "--tags", "TagKey=team,TagValue=red")
                .path("KeyMetadata");
        String id = made.path("KeyId").asString();
        assertThat(made.path("Arn").asString())
                .isEqualTo("arn:aws:kms:" + Target.REGION + ":" + Target.ACCOUNT + ":key/" + id);
        assertThat(made.path("KeyState").asString()).isEqualTo("Enabled");
        assertThat(made.path("KeySpec").asString()).isEqualTo("SYMMETRIC_DEFAULT");
        assertThat(aws.run("kms", "describe-key", "--key-id", made.path("Arn").asString())
                        .path("KeyMetadata"))
                .isEqualTo(made);
        assertThat(values(aws.run("kms", "list-keys").path("Keys"), "KeyId")).contains(id);
        assertThat(values(aws.run("kms", "list-resource-tags", "--key-id", id).path("Tags"), "TagValue"))
                .containsExactly("red");
        aws.run("kms", "untag-resource", "--key-id", id, "--tag-keys", "team");
        assertThat(aws.run("kms", "list-resource-tags", "--key-id", id).path("Tags"))
                .isEmpty();
        scheduleDeletion(id);
    }

    @Test
    void aTextIsDecryptedInItsEncryptionContextOnly() {
        String key = key();
        Path sealed = encrypt(key, "a secret of orders", "stream=orders,purpose=test");
        JsonNode opened = aws.run(
                "kms",
                "decrypt",
                "--ciphertext-blob",
                blob(sealed),
                "--encryption-context",
                "purpose=test,stream=orders");
        assertThat(text(opened)).isEqualTo("a secret of orders");
        assertThat(opened.path("KeyId").asString()).endsWith(":key/" + key);
        assertThat(aws.refusal(
                        "kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "stream=orders"))
                .contains("(InvalidCiphertextException)");
        assertThat(aws.refusal("kms", "decrypt", "--ciphertext-blob", blob(sealed)))
                .contains("(InvalidCiphertextException)");
        assertThat(content(sealed)).doesNotContain("a secret of orders");
        scheduleDeletion(key);
    }

    @Test
    void aCiphertextThatWasTamperedWithIsRefused() throws IOException {
        String key = key();
        Path sealed = encrypt(key, "a secret", "a=b");
        byte[] bytes = Files.readAllBytes(sealed);
        bytes[bytes.length - 1] ^= 1;
        Path tampered = Files.write(folder.resolve("tampered"), bytes);
        assertThat(aws.refusal("kms", "decrypt", "--ciphertext-blob", blob(tampered), "--encryption-context", "a=b"))
                .contains("(InvalidCiphertextException)");
        scheduleDeletion(key);
    }

    @Test
    void anAliasNamesAKeyAndCanNameAnother() {
        String first = key();
        String second = key();
        String alias = "alias/" + UUID.randomUUID();
        aws.run("kms", "create-alias", "--alias-name", alias, "--target-key-id", first);
        assertThat(aws.refusal("kms", "create-alias", "--alias-name", alias, "--target-key-id", second))
                .contains("(AlreadyExistsException)");
        Path sealed = encrypt(alias, "by its alias", "a=b");
        aws.run("kms", "update-alias", "--alias-name", alias, "--target-key-id", second);
        assertThat(aws.run("kms", "describe-key", "--key-id", alias)
                        .path("KeyMetadata")
                        .path("KeyId")
                        .asString())
                .isEqualTo(second);
        assertThat(values(aws.run("kms", "list-aliases", "--key-id", second).path("Aliases"), "AliasName"))
                .containsExactly(alias);
        JsonNode opened = aws.run("kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "a=b");
        assertThat(opened.path("KeyId").asString()).endsWith(first);
        aws.run("kms", "delete-alias", "--alias-name", alias);
        assertThat(aws.refusal("kms", "describe-key", "--key-id", alias)).contains("(NotFoundException)");
        scheduleDeletion(first);
        scheduleDeletion(second);
    }

    @Test
    void theKeyOfKinesisIsThere() {
        assertThat(values(aws.run("kms", "list-aliases").path("Aliases"), "AliasName"))
                .contains("alias/aws/kinesis");
        assertThat(aws.run("kms", "describe-key", "--key-id", "alias/aws/kinesis")
                        .path("KeyMetadata")
                        .path("KeyManager")
                        .asString())
                .isEqualTo("AWS");
    }

    @Test
    void aDataKeyComesOpenAndSealed() {
        String key = key();
        JsonNode made = aws.run(
                "kms", "generate-data-key", "--key-id", key, "--key-spec", "AES_256", "--encryption-context", "a=b");
        byte[] open = Base64.getDecoder().decode(made.path("Plaintext").asString());
        assertThat(open).hasSize(32);
        Path sealed = save(made.path("CiphertextBlob").asString());
        assertThat(aws.run("kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "a=b")
                        .path("Plaintext")
                        .asString())
                .isEqualTo(made.path("Plaintext").asString());
        JsonNode without =
                aws.run("kms", "generate-data-key-without-plaintext", "--key-id", key, "--number-of-bytes", "64");
        assertThat(without.has("Plaintext")).isFalse();
        assertThat(Base64.getDecoder()
                        .decode(aws.run(
                                        "kms",
                                        "decrypt",
                                        "--ciphertext-blob",
                                        blob(save(without.path("CiphertextBlob").asString())))
                                .path("Plaintext")
                                .asString()))
                .hasSize(64);
        scheduleDeletion(key);
    }

    @Test
    void aCiphertextIsEncryptedAgainUnderAnotherKeyWithoutBeingShown() {
        String old = key();
        String renewed = key();
        Path sealed = encrypt(old, "moves on", "a=b");
        JsonNode moved = aws.run(
                "kms",
                "re-encrypt",
                "--ciphertext-blob",
                blob(sealed),
                "--source-encryption-context",
                "a=b",
                "--destination-key-id",
                renewed,
                "--destination-encryption-context",
                "c=d");
        assertThat(moved.path("SourceKeyId").asString()).endsWith(old);
        assertThat(moved.path("KeyId").asString()).endsWith(renewed);
        assertThat(moved.has("Plaintext")).isFalse();
        scheduleDeletion(old);
        assertThat(text(aws.run(
                        "kms",
                        "decrypt",
                        "--ciphertext-blob",
                        blob(save(moved.path("CiphertextBlob").asString())),
                        "--encryption-context",
                        "c=d")))
                .isEqualTo("moves on");
        scheduleDeletion(renewed);
    }

    @Test
    void aDisabledKeyIsOfNoUseUntilItIsEnabled() {
        String key = key();
        Path sealed = encrypt(key, "for later", "a=b");
        aws.run("kms", "disable-key", "--key-id", key);
        assertThat(aws.refusal("kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "a=b"))
                .contains("(DisabledException)", key + " is disabled.");
        assertThat(aws.refusal("kms", "generate-data-key", "--key-id", key, "--key-spec", "AES_256"))
                .contains("(DisabledException)");
        aws.run("kms", "enable-key", "--key-id", key);
        assertThat(text(aws.run("kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "a=b")))
                .isEqualTo("for later");
        scheduleDeletion(key);
    }

    @Test
    void aKeyWhoseDeletionIsScheduledIsOfNoUseUntilThatIsCancelled() {
        String key = key();
        Path sealed = encrypt(key, "nearly lost", "a=b");
        JsonNode scheduled = aws.run("kms", "schedule-key-deletion", "--key-id", key, "--pending-window-in-days", "7");
        assertThat(scheduled.path("KeyState").asString()).isEqualTo("PendingDeletion");
        assertThat(scheduled.path("DeletionDate").asString()).isNotEmpty();
        assertThat(aws.refusal("kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "a=b"))
                .contains("(KMSInvalidStateException)", "is pending deletion.");
        assertThat(aws.refusal("kms", "schedule-key-deletion", "--key-id", key, "--pending-window-in-days", "6"))
                .contains("(ValidationException)");
        aws.run("kms", "cancel-key-deletion", "--key-id", key);
        assertThat(aws.run("kms", "describe-key", "--key-id", key)
                        .path("KeyMetadata")
                        .path("KeyState")
                        .asString())
                .isEqualTo("Disabled");
        aws.run("kms", "enable-key", "--key-id", key);
        assertThat(text(aws.run("kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "a=b")))
                .isEqualTo("nearly lost");
        scheduleDeletion(key);
    }

    @Test
    void aRotatedKeyStillOpensWhatItSealedBefore() {
        String key = key();
        Path sealed = encrypt(key, "before", "a=b");
        aws.run("kms", "enable-key-rotation", "--key-id", key, "--rotation-period-in-days", "180");
        JsonNode status = aws.run("kms", "get-key-rotation-status", "--key-id", key);
        assertThat(status.path("KeyRotationEnabled").asBoolean()).isTrue();
        assertThat(status.path("RotationPeriodInDays").asInt()).isEqualTo(180);
        aws.run("kms", "rotate-key-on-demand", "--key-id", key);
        assertThat(values(aws.run("kms", "list-key-rotations", "--key-id", key).path("Rotations"), "RotationType"))
                .containsExactly("ON_DEMAND");
        assertThat(text(aws.run("kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "a=b")))
                .isEqualTo("before");
        aws.run("kms", "disable-key-rotation", "--key-id", key);
        assertThat(aws.run("kms", "get-key-rotation-status", "--key-id", key)
                        .path("KeyRotationEnabled")
                        .asBoolean())
                .isFalse();
        scheduleDeletion(key);
    }

    @Test
    void aGrantGivesItsOperationsUnderItsConstraintsUntilItIsRevoked() {
        String key = key();
        User user = identities.user();
        Path sealed = encrypt(key, "for one", "stream=orders");
        Path other = encrypt(key, "for nobody", "stream=clicks");
        CommandLine asUser = aws.as(user.target());
        assertThat(asUser.refusal(
                        "kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "stream=orders"))
                .contains("(AccessDeniedException)", "is not authorized to perform: kms:Decrypt");
        String grant = aws.run(
                        "kms",
                        "create-grant",
                        "--key-id",
                        key,
                        "--grantee-principal",
                        user.arn(),
                        "--operations",
                        "Decrypt",
                        "--constraints",
                        "EncryptionContextSubset={stream=orders}",
                        "--name",
                        "reader")
                .path("GrantId")
                .asString();
        assertThat(text(asUser.run(
                        "kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "stream=orders")))
                .isEqualTo("for one");
        assertThat(asUser.refusal(
                        "kms", "decrypt", "--ciphertext-blob", blob(other), "--encryption-context", "stream=clicks"))
                .contains("(AccessDeniedException)");
        assertThat(asUser.refusal("kms", "encrypt", "--key-id", key, "--plaintext", blob(sealed)))
                .contains("(AccessDeniedException)");
        assertThat(values(aws.run("kms", "list-grants", "--key-id", key).path("Grants"), "GrantId"))
                .containsExactly(grant);
        aws.run("kms", "revoke-grant", "--key-id", key, "--grant-id", grant);
        assertThat(asUser.refusal(
                        "kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "stream=orders"))
                .contains("(AccessDeniedException)");
        scheduleDeletion(key);
    }

    @Test
    void aKeyPolicyDecidesWhoUsesTheKey() {
        String key = key();
        User user = identities.user();
        Path sealed = encrypt(key, "by policy", "a=b");
        String root = "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"arn:aws:iam::" + Target.ACCOUNT
                + ":root\"},\"Action\":\"kms:*\",\"Resource\":\"*\"}";
        String policy = Policies.document(
                root,
                "{\"Effect\":\"Allow\",\"Principal\":{\"AWS\":\"" + user.arn()
                        + "\"},\"Action\":\"kms:Decrypt\",\"Resource\":\"*\"}");
        aws.run("kms", "put-key-policy", "--key-id", key, "--policy-name", "default", "--policy", policy);
        assertThat(text(aws.as(user.target())
                        .run("kms", "decrypt", "--ciphertext-blob", blob(sealed), "--encryption-context", "a=b")))
                .isEqualTo("by policy");
        assertThat(aws.run("kms", "get-key-policy", "--key-id", key, "--policy-name", "default")
                        .path("Policy")
                        .asString())
                .isEqualTo(policy);
        assertThat(aws.refusal(
                        "kms",
                        "put-key-policy",
                        "--key-id",
                        key,
                        "--policy-name",
                        "default",
                        "--policy",
                        Policies.document(
                                "{\"Effect\":\"Deny\",\"Principal\":\"*\",\"Action\":\"kms:*\",\"Resource\":\"*\"}")))
                .contains("(MalformedPolicyDocumentException)");
        scheduleDeletion(key);
    }

    @Test
    void whatKmsHasAndRiachoHasNotIsRefused() {
        assertThat(aws.refusal("kms", "create-key", "--key-spec", "RSA_2048", "--key-usage", "SIGN_VERIFY"))
                .contains("(UnsupportedOperationException)");
    }

    private String key() {
        return aws.run("kms", "create-key").path("KeyMetadata").path("KeyId").asString();
    }

    private void scheduleDeletion(String key) {
        aws.run("kms", "schedule-key-deletion", "--key-id", key, "--pending-window-in-days", "7");
    }

    private Path encrypt(String key, String text, String context) {
        Path plain = write(text.getBytes(StandardCharsets.UTF_8));
        return save(
                aws.run("kms", "encrypt", "--key-id", key, "--plaintext", blob(plain), "--encryption-context", context)
                        .path("CiphertextBlob")
                        .asString());
    }

    private static Path save(String base64) {
        return write(Base64.getDecoder().decode(base64));
    }

    private static Path write(byte[] bytes) {
        try {
            return Files.write(Files.createTempFile(folder, "blob", ""), bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String content(Path file) {
        try {
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String blob(Path file) {
        return "fileb://" + file;
    }

    private static String text(JsonNode answer) {
        return new String(Base64.getDecoder().decode(answer.path("Plaintext").asString()), StandardCharsets.UTF_8);
    }

    private static List<String> values(JsonNode list, String member) {
        return list.valueStream().map(item -> item.path(member).asString()).toList();
    }
}
