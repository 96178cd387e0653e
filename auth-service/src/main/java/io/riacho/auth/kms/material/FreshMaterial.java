package io.riacho.auth.kms.material;

import java.util.UUID;

/** Material that was just made and wrapped, and is not stored yet. */
public final class FreshMaterial {

    private final String id;
    private final UUID keyId;
    private final String provider;
    private final byte[] wrapped;

    FreshMaterial(String id, UUID keyId, String provider, byte[] wrapped) {
        this.id = id;
        this.keyId = keyId;
        this.provider = provider;
        this.wrapped = wrapped;
    }

    public String id() {
        return id;
    }

    UUID keyId() {
        return keyId;
    }

    String provider() {
        return provider;
    }

    byte[] wrapped() {
        return wrapped;
    }

    @Override
    public String toString() {
        return "FreshMaterial[" + id + "]";
    }
}
