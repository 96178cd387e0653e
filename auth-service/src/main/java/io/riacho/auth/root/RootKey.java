package io.riacho.auth.root;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.riacho.protocol.secret.SecretFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * Seals secrets for the disk with AES-256-GCM. The key is a Tink keyset in a file for its owner only; a keyset with a new
 * primary key opens what the older ones sealed. Safe for use by many threads; its text form hides the key.
 */
public final class RootKey {

    private final Aead aead;

    private RootKey(Aead aead) {
        this.aead = aead;
    }

    /** Reads the key; makes it where the file is missing. */
    public static RootKey in(Path file) {
        try {
            AeadConfig.register();
            if (!Files.exists(file)) {
                KeysetHandle made = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM);
                SecretFile.write(
                        file,
                        TinkJsonProtoKeysetFormat.serializeKeyset(made, InsecureSecretKeyAccess.get())
                                .getBytes(StandardCharsets.UTF_8));
            }
            KeysetHandle keys =
                    TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), InsecureSecretKeyAccess.get());
            return new RootKey(keys.getPrimitive(RegistryConfiguration.get(), Aead.class));
        } catch (IOException e) {
            throw new UncheckedIOException("The root key cannot be kept in " + file, e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(file + " holds no root key", e);
        }
    }

    /** @param purpose what the secret is and whose, so that no sealed secret can take another's place */
    public byte[] seal(byte[] secret, String purpose) {
        try {
            return aead.encrypt(secret, purpose.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A secret could not be sealed", e);
        }
    }

    /** @throws GeneralSecurityException where it was not sealed by this key for this purpose */
    public byte[] open(byte[] sealed, String purpose) throws GeneralSecurityException {
        return aead.decrypt(sealed, purpose.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "RootKey[hidden]";
    }
}
