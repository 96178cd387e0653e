package io.riacho.auth.kms.material;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.google.crypto.tink.subtle.Random;
import io.riacho.auth.kms.cipher.KeyMaterial;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.provider.KeyProvider;
import io.riacho.auth.kms.provider.KeyProviders;
import io.riacho.auth.kms.provider.ProviderException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * Makes the material of keys and gets it ready for use. What was unwrapped is kept in memory for a minute, so that an
 * external provider is not asked for each record. Whether a key may be used is not decided here. Safe for use by many
 * threads.
 */
public final class Materials {

    private static final Logger log = LoggerFactory.getLogger(Materials.class);
    private static final int ID_BYTES = 32;
    private static final int MAX_CACHED = 10_000;

    /** So long does a key stay usable here that an external provider does not unwrap any more. */
    private static final Duration CACHED = Duration.ofMinutes(1);

    private final MaterialStore store;
    private final KeyProviders providers;
    private final Cache<String, KeyMaterial> unwrapped = Caffeine.newBuilder()
            .maximumSize(MAX_CACHED)
            .expireAfterWrite(CACHED)
            .build();

    public Materials(JdbcClient jdbc, KeyProviders providers) {
        this.store = new MaterialStore(jdbc);
        this.providers = providers;
    }

    /**
     * Fresh material that is not stored yet: made outside of a transaction, because its provider may be slow.
     *
     * @throws io.riacho.protocol.AwsException KeyUnavailableException where the provider does not wrap it
     */
    public FreshMaterial make(UUID keyId) {
        String id = HexFormat.of().formatHex(Random.randBytes(ID_BYTES));
        byte[] keyset = KeyMaterial.generate();
        KeyProvider provider = providers.ofNewMaterial();
        try {
            return new FreshMaterial(id, keyId, provider.name(), provider.wrap(keyset, purpose(keyId, id)));
        } catch (ProviderException e) {
            throw unavailable(keyId, e);
        } finally {
            Arrays.fill(keyset, (byte) 0);
        }
    }

    /** Stores it as the key's current material. Within the caller's transaction, which holds the key's row. */
    public void store(FreshMaterial fresh, Instant now, MaterialRecord.@Nullable Rotation rotation) {
        int version = store.list(fresh.keyId()).size() + 1;
        store.insert(
                new MaterialRecord(fresh.id(), fresh.keyId(), version, now, rotation),
                fresh.provider(),
                fresh.wrapped());
    }

    /** In the order in which they were made; the last one encrypts. */
    public List<MaterialRecord> of(UUID keyId) {
        return store.list(keyId);
    }

    /**
     * Empty where the key has no such material.
     *
     * @throws io.riacho.protocol.AwsException KeyUnavailableException where the provider does not unwrap it
     */
    public Optional<KeyMaterial> find(UUID keyId, String id) {
        String cacheKey = keyId + "/" + id;
        KeyMaterial known = unwrapped.getIfPresent(cacheKey);
        if (known != null) {
            return Optional.of(known);
        }
        Optional<KeyMaterial> found = store.wrapped(keyId, id).map(wrapped -> unwrap(keyId, id, wrapped));
        found.ifPresent(material -> unwrapped.put(cacheKey, material));
        return found;
    }

    /** Lets go of what is kept in memory of a key that was deleted. */
    public void forget(UUID keyId) {
        unwrapped.asMap().keySet().removeIf(cacheKey -> cacheKey.startsWith(keyId + "/"));
    }

    private KeyMaterial unwrap(UUID keyId, String id, MaterialStore.Wrapped wrapped) {
        try {
            byte[] keyset = providers.named(wrapped.provider()).unwrap(wrapped.bytes(), purpose(keyId, id));
            try {
                return KeyMaterial.of(keyId, id, keyset);
            } finally {
                Arrays.fill(keyset, (byte) 0);
            }
        } catch (ProviderException e) {
            throw unavailable(keyId, e);
        }
    }

    private static RuntimeException unavailable(UUID keyId, ProviderException cause) {
        log.warn("The material of key {} is not available", keyId, cause);
        return KmsErrors.keyUnavailable("The material of key " + keyId + " is not available.");
    }

    private static String purpose(UUID keyId, String id) {
        return "kms-key " + keyId + " material " + id;
    }
}
