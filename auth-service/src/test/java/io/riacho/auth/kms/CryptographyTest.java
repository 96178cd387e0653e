package io.riacho.auth.kms;

import static io.riacho.auth.kms.Failures.refused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.KmsClient;
import software.amazon.awssdk.services.kms.model.DataKeySpec;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;

class CryptographyTest {

    private static final SdkBytes TEXT = SdkBytes.fromUtf8String("what nobody else may read");

    private final KmsServer server = KmsServer.shared();
    private final KmsClient kms = server.root();
    private final String key = server.newKey();

    @Test
    void whatWasEncryptedIsDecryptedWithTheSameContext() {
        var encrypted =
                kms.encrypt(r -> r.keyId(key).plaintext(TEXT).encryptionContext(Map.of("stream", "one", "shard", "0")));
        var decrypted = kms.decrypt(r ->
                r.ciphertextBlob(encrypted.ciphertextBlob()).encryptionContext(Map.of("shard", "0", "stream", "one")));

        assertThat(encrypted.keyId()).isEqualTo(KmsServer.arn(key));
        assertThat(decrypted.plaintext()).isEqualTo(TEXT);
        assertThat(decrypted.keyId()).isEqualTo(KmsServer.arn(key));
        assertThat(decrypted.encryptionAlgorithm()).isEqualTo(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT);
    }

    @Test
    void anotherContextOpensNothing() {
        SdkBytes blob = encrypt(Map.of("stream", "one"));
        refused("InvalidCiphertextException", () -> kms.decrypt(r -> r.ciphertextBlob(blob)));
        refused(
                "InvalidCiphertextException",
                () -> kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(Map.of("stream", "two"))));
    }

    @Test
    void aCiphertextThatWasChangedAnywhereOpensNothing() {
        byte[] blob = encrypt(Map.of()).asByteArray();
        int keyIdBytes = 17;
        for (int i = 0; i < blob.length; i += 3) {
            byte[] changed = blob.clone();
            changed[i] ^= 1;
            boolean namesAnotherKey = i > 0 && i < keyIdBytes;
            refused(
                    namesAnotherKey ? "AccessDeniedException" : "InvalidCiphertextException",
                    () -> kms.decrypt(r -> r.ciphertextBlob(SdkBytes.fromByteArray(changed))));
        }
        refused("InvalidCiphertextException", () -> kms.decrypt(r -> r.ciphertextBlob(SdkBytes.fromUtf8String("x"))));
    }

    @Test
    void aCiphertextOpensUnderItsOwnKeyOnly() {
        SdkBytes blob = encrypt(Map.of());
        assertThat(kms.decrypt(r -> r.ciphertextBlob(blob).keyId(key)).plaintext())
                .isEqualTo(TEXT);
        assertThat(refused(
                        "IncorrectKeyException",
                        () -> kms.decrypt(r -> r.ciphertextBlob(blob).keyId(server.newKey()))))
                .isEqualTo("The key ID in the request does not identify a CMK that can perform this operation.");
    }

    @Test
    void moreThanFourKibibytesAreNotEncrypted() {
        SdkBytes most = SdkBytes.fromByteArray(new byte[4096]);
        SdkBytes blob = kms.encrypt(r -> r.keyId(key).plaintext(most)).ciphertextBlob();
        assertThat(kms.decrypt(r -> r.ciphertextBlob(blob)).plaintext()).isEqualTo(most);

        refused(
                "ValidationException",
                () -> kms.encrypt(r -> r.keyId(key).plaintext(SdkBytes.fromByteArray(new byte[4097]))));
    }

    @Test
    void dataKeysComeInTheSizesThatAreAskedFor() {
        var wide = kms.generateDataKey(r -> r.keyId(key).keySpec(DataKeySpec.AES_256));
        var narrow = kms.generateDataKey(r -> r.keyId(key).keySpec(DataKeySpec.AES_128));
        var odd = kms.generateDataKey(r -> r.keyId(key).numberOfBytes(77));

        assertThat(wide.plaintext().asByteArray()).hasSize(32);
        assertThat(narrow.plaintext().asByteArray()).hasSize(16);
        assertThat(odd.plaintext().asByteArray()).hasSize(77);
        assertThat(kms.decrypt(r -> r.ciphertextBlob(odd.ciphertextBlob())).plaintext())
                .isEqualTo(odd.plaintext());
        assertThat(refused("ValidationException", () -> kms.generateDataKey(r -> r.keyId(key))))
                .isEqualTo("Please specify either number of bytes or key spec.");
    }

    @Test
    void aDataKeyForLaterIsGivenWrappedOnly() {
        SdkBytes blob = kms.generateDataKeyWithoutPlaintext(
                        r -> r.keyId(key).keySpec(DataKeySpec.AES_256).encryptionContext(Map.of("a", "b")))
                .ciphertextBlob();
        assertThat(kms.decrypt(r -> r.ciphertextBlob(blob).encryptionContext(Map.of("a", "b")))
                        .plaintext()
                        .asByteArray())
                .hasSize(32);
    }

    @Test
    void aCiphertextMovesToAnotherKeyAndContext() {
        String other = server.newKey();
        SdkBytes blob = encrypt(Map.of("a", "b"));
        var moved = kms.reEncrypt(r -> r.ciphertextBlob(blob)
                .sourceEncryptionContext(Map.of("a", "b"))
                .destinationKeyId(other)
                .destinationEncryptionContext(Map.of("c", "d")));

        assertThat(moved.sourceKeyId()).isEqualTo(KmsServer.arn(key));
        assertThat(moved.keyId()).isEqualTo(KmsServer.arn(other));
        assertThat(kms.decrypt(r -> r.ciphertextBlob(moved.ciphertextBlob())
                                .keyId(other)
                                .encryptionContext(Map.of("c", "d")))
                        .plaintext())
                .isEqualTo(TEXT);
        refused(
                "InvalidCiphertextException",
                () -> kms.reEncrypt(r -> r.ciphertextBlob(blob).destinationKeyId(other)));
    }

    @Test
    void randomBytesAreGiven() {
        assertThat(kms.generateRandom(r -> r.numberOfBytes(1024)).plaintext().asByteArray())
                .hasSize(1024);
    }

    @Test
    void aDryRunSaysWhetherItWouldHaveSucceeded() {
        assertThat(refused(
                        "DryRunOperationException",
                        () -> kms.encrypt(r -> r.keyId(key).plaintext(TEXT).dryRun(true))))
                .isEqualTo("The request would have succeeded, but the DryRun option is set.");
    }

    @Test
    void whatASymmetricKeyCannotDoIsRefused() {
        refused(
                "InvalidKeyUsageException",
                () -> kms.encrypt(r ->
                        r.keyId(key).plaintext(TEXT).encryptionAlgorithm(EncryptionAlgorithmSpec.RSAES_OAEP_SHA_256)));
        refused(
                "UnsupportedOperationException",
                () -> kms.decrypt(r -> r.ciphertextBlob(encrypt(Map.of()))
                        .recipient(recipient -> recipient.keyEncryptionAlgorithm("RSAES_OAEP_SHA_256"))));
    }

    @Test
    void anEncryptionContextIsOfLimitedSize() {
        refused("ValidationException", () -> encrypt(Map.of("k", "v".repeat(8192))));
    }

    private SdkBytes encrypt(Map<String, String> context) {
        return kms.encrypt(r -> r.keyId(key).plaintext(TEXT).encryptionContext(context))
                .ciphertextBlob();
    }
}
