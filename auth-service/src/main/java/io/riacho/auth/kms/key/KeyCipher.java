package io.riacho.auth.kms.key;

import com.google.crypto.tink.subtle.Random;
import io.riacho.auth.kms.cipher.CiphertextBlob;
import io.riacho.auth.kms.cipher.EncryptionContext;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.material.Materials;
import io.riacho.protocol.AwsException;

/** Encrypts and decrypts with keys that are enabled. Nothing is authorised here. Safe for use by many threads. */
public final class KeyCipher {

    private final Materials materials;

    public KeyCipher(Materials materials) {
        this.materials = materials;
    }

    /**
     * With the key's current material.
     *
     * @return a whole {@link CiphertextBlob}
     * @throws AwsException where the key is not enabled or its material not available
     */
    public byte[] encrypt(Key key, byte[] plaintext, EncryptionContext context) {
        key.requireEnabled();
        return materials
                .find(key.id(), key.materialId())
                .orElseThrow(() -> KmsErrors.keyNotFound(key.arn()))
                .encrypt(plaintext, context);
    }

    /**
     * With the material that encrypted it.
     *
     * @throws AwsException where the key is not enabled or its material not available; InvalidCiphertextException where
     *     it was not encrypted by this key with this context, or was changed since
     */
    public byte[] decrypt(Key key, CiphertextBlob blob, EncryptionContext context) {
        key.requireEnabled();
        return materials
                .find(key.id(), blob.materialId())
                .orElseThrow(KmsErrors::invalidCiphertext)
                .decrypt(blob, context);
    }

    public static byte[] random(int length) {
        return Random.randBytes(length);
    }
}
