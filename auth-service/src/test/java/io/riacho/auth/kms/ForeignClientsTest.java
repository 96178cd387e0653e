package io.riacho.auth.kms;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The AWS CLI and boto3, unmodified. */
class ForeignClientsTest {

    private static final JsonMapper JSON = JsonMapper.shared();

    @TempDir
    Path folder;

    private final KmsServer server = KmsServer.shared();

    @Test
    void theCommandLineMakesKeysAndUsesThem() throws Exception {
        assumeTrue(exists("aws", "--version"), "the AWS CLI is missing");
        Path text = Files.writeString(folder.resolve("text"), "from the command line");
        String key = aws("create-key", "--description", "cli")
                .path("KeyMetadata")
                .path("KeyId")
                .asString();
        String alias = "alias/" + KmsServer.newName();
        aws("create-alias", "--alias-name", alias, "--target-key-id", key);
        String blob = aws(
                        "encrypt",
                        "--key-id",
                        alias,
                        "--plaintext",
                        "fileb://" + text,
                        "--encryption-context",
                        "stream=one")
                .path("CiphertextBlob")
                .asString();
        Path sealed = Files.write(
                folder.resolve("sealed"), java.util.Base64.getDecoder().decode(blob));
        JsonNode opened =
                aws("decrypt", "--ciphertext-blob", "fileb://" + sealed, "--encryption-context", "stream=one");

        assertThat(new String(
                        java.util.Base64.getDecoder()
                                .decode(opened.path("Plaintext").asString()),
                        StandardCharsets.UTF_8))
                .isEqualTo("from the command line");
        assertThat(aws("list-aliases", "--key-id", key)
                        .path("Aliases")
                        .path(0)
                        .path("AliasName")
                        .asString())
                .isEqualTo(alias);
        assertThat(aws("get-key-policy", "--key-id", key).path("Policy").asString())
                .contains("kms:*");
        aws("enable-key-rotation", "--key-id", key);
        assertThat(aws("get-key-rotation-status", "--key-id", key)
                        .path("KeyRotationEnabled")
                        .asBoolean())
                .isTrue();
        assertThat(aws("schedule-key-deletion", "--key-id", key)
                        .path("KeyState")
                        .asString())
                .isEqualTo("PendingDeletion");
        assertThat(run(List.of("aws", "kms", "enable-key", "--key-id", key)).output())
                .contains("KMSInvalidStateException", "is pending deletion.");
    }

    @Test
    void boto3MakesKeysAndUsesThem() throws Exception {
        assumeTrue(exists("python3", "-c", "import boto3"), "boto3 is missing");
        Outcome outcome = run(List.of("python3", "-c", """
                import boto3
                kms = boto3.client('kms')
                key = kms.create_key(Tags=[{'TagKey': 'team', 'TagValue': 'one'}])['KeyMetadata']['Arn']
                data = kms.generate_data_key(KeyId=key, KeySpec='AES_256', EncryptionContext={'a': 'b'})
                opened = kms.decrypt(CiphertextBlob=data['CiphertextBlob'], EncryptionContext={'a': 'b'})
                assert opened['Plaintext'] == data['Plaintext'] and len(data['Plaintext']) == 32
                grant = kms.create_grant(KeyId=key, GranteePrincipal='arn:aws:iam::123456789012:user/x',
                    Operations=['Decrypt'], Constraints={'EncryptionContextSubset': {'a': 'b'}})
                assert [g['GrantId'] for g in kms.list_grants(KeyId=key)['Grants']] == [grant['GrantId']]
                assert key in [k['KeyArn'] for p in kms.get_paginator('list_keys').paginate() for k in p['Keys']]
                kms.disable_key(KeyId=key)
                try:
                    kms.decrypt(CiphertextBlob=data['CiphertextBlob'], EncryptionContext={'a': 'b'})
                except kms.exceptions.DisabledException as e:
                    print('told: ' + e.response['Error']['Message'])
                try:
                    kms.decrypt(CiphertextBlob=b'nonsense')
                except kms.exceptions.InvalidCiphertextException:
                    print('done')
                """));
        assertThat(outcome.output()).contains("told: ", " is disabled.", "done");
        assertThat(outcome.status()).isZero();
    }

    private JsonNode aws(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of("aws", "kms", "--output", "json"));
        command.addAll(List.of(arguments));
        Outcome outcome = run(command);
        assertThat(outcome.status()).as(outcome.output()).isZero();
        return JSON.readTree(outcome.output().isBlank() ? "{}" : outcome.output());
    }

    private Outcome run(List<String> command) throws IOException, InterruptedException {
        Path output = Files.createTempFile(folder, "output", "");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
        builder.environment()
                .putAll(Map.of(
                        "AWS_ENDPOINT_URL", server.endpoint().toString(),
                        "AWS_ACCESS_KEY_ID", TestPrincipals.ROOT,
                        "AWS_SECRET_ACCESS_KEY", TestPrincipals.SECRET,
                        "AWS_DEFAULT_REGION", KmsServer.REGION,
                        "AWS_EC2_METADATA_DISABLED", "true"));
        Process process = builder.start();
        assertThat(process.waitFor(1, TimeUnit.MINUTES)).as("the command ends").isTrue();
        return new Outcome(process.exitValue(), Files.readString(output));
    }

    private boolean exists(String... command) throws InterruptedException {
        try {
            return run(List.of(command)).status() == 0;
        } catch (IOException _) {
            return false;
        }
    }

    private record Outcome(int status, String output) {}
}
