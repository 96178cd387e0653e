package io.riacho.auth.kms.provider;

import io.riacho.auth.root.RootKey;
import java.security.GeneralSecurityException;

/** Wraps under this server's own root key. */
public final class LocalKeyProvider implements KeyProvider {

    public static final String NAME = "local";

    private final RootKey rootKey;

    public LocalKeyProvider(RootKey rootKey) {
        this.rootKey = rootKey;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public byte[] wrap(byte[] material, String purpose) {
        return rootKey.seal(material, purpose);
    }

    @Override
    public byte[] unwrap(byte[] wrapped, String purpose) {
        try {
            return rootKey.open(wrapped, purpose);
        } catch (GeneralSecurityException e) {
            throw new ProviderException("The root key does not open the material of " + purpose, e);
        }
    }
}
