package io.riacho.auth.kms.cipher;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.riacho.auth.kms.error.KmsErrors;
import java.security.GeneralSecurityException;
import java.util.UUID;

/**
 * The secret part of a key, ready for use: a Tink keyset of one AES-256-GCM key. Safe for use by many threads; its text
 * form hides it.
 */
public final class KeyMaterial {

    private final UUID keyId;
    private final String id;
    private final Aead aead;

    private KeyMaterial(UUID keyId, String id, Aead aead) {
        this.keyId = keyId;
        this.id = id;
        this.aead = aead;
    }

    /** Fresh material, as a provider wraps it and {@link #of} reads it. The caller wipes it. */
    public static byte[] generate() {
        try {
            AeadConfig.register();
            return TinkProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Key material could not be made", e);
        }
    }

    /** @param keyset what {@link #generate} made */
    public static KeyMaterial of(UUID keyId, String id, byte[] keyset) {
        try {
            AeadConfig.register();
            KeysetHandle keys = TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get());
            return new KeyMaterial(keyId, id, keys.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The material " + id + " of key " + keyId + " is damaged", e);
        }
    }

    /** @return a whole {@link CiphertextBlob} */
    public byte[] encrypt(byte[] plaintext, EncryptionContext context) {
        try {
            byte[] sealed = aead.encrypt(plaintext, CiphertextBlob.associatedData(keyId, id, context));
            return new CiphertextBlob(keyId, id, sealed).bytes();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Key " + keyId + " could not encrypt", e);
        }
    }

    /**
     * @throws io.riacho.protocol.AwsException InvalidCiphertextException where it was not encrypted by this material
     *     with this context, or was changed since
     */
    public byte[] decrypt(CiphertextBlob blob, EncryptionContext context) {
        try {
            return aead.decrypt(blob.sealed(), CiphertextBlob.associatedData(blob.keyId(), blob.materialId(), context));
        } catch (GeneralSecurityException _) {
            throw KmsErrors.invalidCiphertext();
        }
    }

    @Override
    public String toString() {
        return "KeyMaterial[" + id + "]";
    }
}
