package io.riacho.auth.kms.key;

import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.material.FreshMaterial;
import io.riacho.auth.kms.material.Materials;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All aliases, and the keys behind {@code alias/aws/…}, which are made when somebody first asks for them. Nothing is
 * authorised here. Safe for use by many threads.
 */
public final class Aliases {

    /** Aliases that begin so are KMS's own. */
    public static final String RESERVED = "alias/aws/";

    private static final List<String> SERVICES = List.of("kinesis");
    private static final int MAX_PER_KEY = 50;

    private final AliasStore store;
    private final Keys keys;
    private final KeyNaming naming;
    private final KeyPolicies policies;
    private final Materials materials;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    public Aliases(
            JdbcClient jdbc,
            Keys keys,
            KeyNaming naming,
            KeyPolicies policies,
            Materials materials,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.store = new AliasStore(jdbc);
        this.keys = keys;
        this.naming = naming;
        this.policies = policies;
        this.materials = materials;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Optional<Alias> find(String name) {
        return store.find(name);
    }

    /** The key behind an alias; makes it where it is one of KMS's own that nobody asked for yet. */
    public Optional<Key> findKey(String alias) {
        Optional<Key> key = keys.findByAlias(alias);
        if (key.isEmpty() && SERVICES.contains(service(alias))) {
            makeServiceKey(service(alias));
            return keys.findByAlias(alias);
        }
        return key;
    }

    /** Aliases of all keys, or of one, in the order of their names, behind the one given. */
    public List<Alias> list(@Nullable UUID keyId, String after, int limit) {
        SERVICES.forEach(service -> findKey(RESERVED + service));
        return store.list(keyId, after, limit);
    }

    public void create(String name, UUID keyId) {
        transactions.executeWithoutResult(_ -> {
            Key key = keys.lock(keyId).requireNotPendingDeletion();
            requireRoom(key);
            if (!store.insert(name, keyId, now())) {
                throw KmsErrors.aliasExists(naming.arnOfAlias(name));
            }
        });
    }

    public void update(String name, UUID keyId) {
        transactions.executeWithoutResult(_ -> {
            Key key = keys.lock(keyId).requireNotPendingDeletion();
            if (!key.aliases().contains(name)) {
                requireRoom(key);
            }
            if (!store.update(name, keyId, now())) {
                throw KmsErrors.aliasNotFound(naming.arnOfAlias(name));
            }
        });
    }

    /** @param keyId of the key that the alias names; where it names another one by now, it is not found */
    public void delete(String name, UUID keyId) {
        if (!store.delete(name, keyId)) {
            throw KmsErrors.aliasNotFound(naming.arnOfAlias(name));
        }
    }

    private void requireRoom(Key key) {
        if (store.count(key.id()) >= MAX_PER_KEY) {
            throw KmsErrors.limitExceeded("The key " + key.arn() + " has its " + MAX_PER_KEY + " aliases.");
        }
    }

    private void makeServiceKey(String service) {
        UUID id = keys.newId();
        FreshMaterial material = materials.make(id);
        NewKey key = new NewKey(
                "Default key that protects my " + Character.toUpperCase(service.charAt(0)) + service.substring(1)
                        + " data when no other key is defined",
                true,
                policies.ofService(service),
                Map.of());
        transactions.executeWithoutResult(status -> {
            keys.insert(id, key, material);
            // Another made it in the meantime: theirs is the one.
            if (!store.insert(RESERVED + service, id, now())) {
                status.setRollbackOnly();
            }
        });
    }

    private static String service(String alias) {
        return alias.startsWith(RESERVED) ? alias.substring(RESERVED.length()) : "";
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
