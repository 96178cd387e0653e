package io.riacho.auth.kms.provider;

import java.util.Map;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kms.KmsClient;

/**
 * Wraps under a key of another KMS, or of whatever speaks its API: the key that protects ours is never here, and who
 * disables it there takes ours away. The purpose is the encryption context.
 */
public final class ExternalKeyProvider implements KeyProvider, AutoCloseable {

    private static final String CONTEXT_KEY = "riacho:purpose";

    private final KmsClient client;
    private final String keyId;

    /** @param keyId an id, ARN or alias that the other KMS knows */
    public ExternalKeyProvider(KmsClient client, String keyId) {
        this.client = client;
        this.keyId = keyId;
    }

    @Override
    public String name() {
        return "external";
    }

    @Override
    public byte[] wrap(byte[] material, String purpose) {
        try {
            return client.encrypt(request -> request.keyId(keyId)
                            .plaintext(SdkBytes.fromByteArrayUnsafe(material))
                            .encryptionContext(Map.of(CONTEXT_KEY, purpose)))
                    .ciphertextBlob()
                    .asByteArray();
        } catch (SdkException e) {
            throw new ProviderException("The external KMS does not wrap the material of " + purpose, e);
        }
    }

    /** Leaves it to the ciphertext to name its key, so that the configured key may be another one by now. */
    @Override
    public byte[] unwrap(byte[] wrapped, String purpose) {
        try {
            return client.decrypt(request -> request.ciphertextBlob(SdkBytes.fromByteArrayUnsafe(wrapped))
                            .encryptionContext(Map.of(CONTEXT_KEY, purpose)))
                    .plaintext()
                    .asByteArray();
        } catch (SdkException e) {
            throw new ProviderException("The external KMS does not unwrap the material of " + purpose, e);
        }
    }

    @Override
    public void close() {
        client.close();
    }
}
