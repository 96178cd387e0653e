package io.riacho.auth.session;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.RegistryConfiguration;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import io.riacho.auth.rotation.RotatingKeys;
import java.security.GeneralSecurityException;
import java.time.Duration;

/** The keys that seal session tokens: AES-256-GCM, a new one each day, kept until the longest session is over. */
final class SealKeys {

    static final RotatingKeys.Kind<Aead> KIND = new RotatingKeys.Kind<>(
            "session-token", Duration.ofDays(1), Duration.ofHours(37), SealKeys::make, SealKeys::read);

    private SealKeys() {}

    private static byte[] make() {
        try {
            AeadConfig.register();
            return TinkProtoKeysetFormat.serializeKeyset(
                    KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM), InsecureSecretKeyAccess.get());
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key could not be made", e);
        }
    }

    private static Aead read(byte[] keyset) {
        try {
            AeadConfig.register();
            return TinkProtoKeysetFormat.parseKeyset(keyset, InsecureSecretKeyAccess.get())
                    .getPrimitive(RegistryConfiguration.get(), Aead.class);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key could not be read", e);
        }
    }
}
