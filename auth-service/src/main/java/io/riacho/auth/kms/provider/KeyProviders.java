package io.riacho.auth.kms.provider;

import org.jspecify.annotations.Nullable;

/** All providers: one wraps new material, each unwraps what it wrapped. */
public final class KeyProviders implements AutoCloseable {

    private final LocalKeyProvider local;
    private final @Nullable ExternalKeyProvider external;

    /** @param external null where none is configured: then the local one wraps new material */
    public KeyProviders(LocalKeyProvider local, @Nullable ExternalKeyProvider external) {
        this.local = local;
        this.external = external;
    }

    public KeyProvider ofNewMaterial() {
        return external != null ? external : local;
    }

    /** @throws ProviderException where that provider is not configured any more */
    public KeyProvider named(String name) {
        if (name.equals(local.name())) {
            return local;
        }
        if (external != null && name.equals(external.name())) {
            return external;
        }
        throw new ProviderException("No key provider '" + name + "' is configured");
    }

    @Override
    public void close() {
        if (external != null) {
            external.close();
        }
    }
}
