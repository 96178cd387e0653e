package io.riacho.auth.kms.key;

import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.material.FreshMaterial;
import io.riacho.auth.kms.material.MaterialRecord.Rotation;
import io.riacho.auth.kms.material.Materials;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * All keys. Reads go to the database, so that what one process changes holds in all of them at once; each change is one
 * transaction that holds the key's row. Nothing is authorised here. Safe for use by many threads.
 */
public final class Keys {

    public static final int DEFAULT_ROTATION_DAYS = 365;

    private static final int MAX_KEYS = 100_000;
    private static final int MAX_ON_DEMAND_ROTATIONS = 25;

    private final KeyStore store;
    private final KeyNaming naming;
    private final Materials materials;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    public Keys(
            JdbcClient jdbc,
            KeyNaming naming,
            KeyPolicies policies,
            Materials materials,
            TransactionTemplate transactions,
            InstantSource clock) {
        this.store = new KeyStore(jdbc, naming, policies);
        this.naming = naming;
        this.materials = materials;
        this.transactions = transactions;
        this.clock = clock;
    }

    public Optional<Key> find(UUID id) {
        return store.find(id);
    }

    public Optional<Key> findByAlias(String alias) {
        return store.findByAlias(alias);
    }

    /** @throws io.riacho.protocol.AwsException NotFoundException */
    public Key get(UUID id) {
        return store.find(id).orElseThrow(() -> KmsErrors.keyNotFound(naming.arnOf(id)));
    }

    /** The ids of keys in their order, behind the one given. */
    public List<UUID> list(@Nullable UUID after, int limit) {
        return store.list(after, limit);
    }

    /** An id that no key has. */
    public UUID newId() {
        return UUID.randomUUID();
    }

    public Key create(UUID id, NewKey key) {
        FreshMaterial material = materials.make(id);
        return inTransaction(() -> insert(id, key, material));
    }

    /** Within the caller's transaction. */
    Key insert(UUID id, NewKey key, FreshMaterial material) {
        if (store.count() >= MAX_KEYS) {
            throw KmsErrors.limitExceeded("The account has its " + MAX_KEYS + " keys.");
        }
        Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
        store.insert(id, now, key);
        materials.store(material, now, null);
        if (key.isManagedByAws()) {
            store.updateRotation(id, plan(DEFAULT_ROTATION_DAYS));
        }
        return get(id);
    }

    public void describe(UUID id, String description) {
        change(
                id,
                key -> store.update(
                        id, description, key.requireNotPendingDeletion().tags()));
    }

    /** @param maxTags how many tags a key may have */
    public void tag(UUID id, Map<String, String> tags, int maxTags) {
        change(id, key -> {
            Map<String, String> all =
                    new HashMap<>(key.requireNotPendingDeletion().tags());
            all.putAll(tags);
            if (all.size() > maxTags) {
                throw KmsErrors.limitExceeded("A key has at most " + maxTags + " tags.");
            }
            store.update(id, key.description(), all);
        });
    }

    public void untag(UUID id, List<String> names) {
        change(id, key -> {
            Map<String, String> all =
                    new HashMap<>(key.requireNotPendingDeletion().tags());
            all.keySet().removeAll(names);
            store.update(id, key.description(), all);
        });
    }

    public void putPolicy(UUID id, String policy) {
        change(id, _ -> store.updatePolicy(id, policy));
    }

    public void enable(UUID id) {
        change(id, key -> store.updateState(key.requireNotPendingDeletion().id(), KeyState.ENABLED, null));
    }

    public void disable(UUID id) {
        change(id, key -> store.updateState(key.requireNotPendingDeletion().id(), KeyState.DISABLED, null));
    }

    public Key scheduleDeletion(UUID id, int days) {
        return change(id, key -> {
            key.requireNotPendingDeletion();
            Instant at = clock.instant().plus(Duration.ofDays(days)).truncatedTo(ChronoUnit.MILLIS);
            store.updateState(id, KeyState.PENDING_DELETION, new Key.Deletion(at, days));
        });
    }

    /** The key is disabled then. */
    public void cancelDeletion(UUID id) {
        change(id, key -> {
            if (key.state() != KeyState.PENDING_DELETION) {
                throw KmsErrors.invalidState(key.arn() + " is not pending deletion.");
            }
            store.updateState(id, KeyState.DISABLED, null);
        });
    }

    /** Material is made anew a period after now; where the period stays the same, the next time stays too. */
    public void enableRotation(UUID id, int periodDays) {
        change(id, key -> {
            Key.RotationPlan plan = key.requireEnabled().rotation();
            if (plan == null || plan.periodDays() != periodDays) {
                store.updateRotation(id, plan(periodDays));
            }
        });
    }

    public void disableRotation(UUID id) {
        change(id, key -> store.updateRotation(key.requireEnabled().id(), null));
    }

    /** Makes new material for what is encrypted from now on. */
    public void rotateOnDemand(UUID id) {
        get(id).requireEnabled();
        FreshMaterial material = materials.make(id);
        change(id, key -> {
            key.requireEnabled();
            long before = materials.of(id).stream()
                    .filter(one -> one.rotation() == Rotation.ON_DEMAND)
                    .count();
            if (before >= MAX_ON_DEMAND_ROTATIONS) {
                throw KmsErrors.limitExceeded(
                        "The key " + key.arn() + " was rotated on demand " + MAX_ON_DEMAND_ROTATIONS + " times.");
            }
            materials.store(material, clock.instant().truncatedTo(ChronoUnit.MILLIS), Rotation.ON_DEMAND);
        });
    }

    List<UUID> dueForDeletion() {
        return store.dueForDeletion(clock.instant());
    }

    List<UUID> dueForRotation() {
        return store.dueForRotation(clock.instant());
    }

    /** Deletes the key with its material for good, if that is still wanted when it is looked at again. */
    void deleteIfDue(UUID id) {
        inTransaction(() -> {
            store.lockIfFree(id)
                    .map(Key::deletion)
                    .filter(deletion -> !deletion.at().isAfter(clock.instant()))
                    .ifPresent(_ -> store.delete(id));
            return id;
        });
        materials.forget(id);
    }

    void rotateIfDue(UUID id) {
        FreshMaterial material = materials.make(id);
        inTransaction(() -> {
            store.lockIfFree(id)
                    .filter(key -> key.state() == KeyState.ENABLED)
                    .map(Key::rotation)
                    .filter(plan -> !plan.next().isAfter(clock.instant()))
                    .ifPresent(plan -> {
                        materials.store(material, clock.instant().truncatedTo(ChronoUnit.MILLIS), Rotation.AUTOMATIC);
                        store.updateRotation(id, plan(plan.periodDays()));
                    });
            return id;
        });
    }

    private Key.RotationPlan plan(int periodDays) {
        return new Key.RotationPlan(
                periodDays, clock.instant().plus(Duration.ofDays(periodDays)).truncatedTo(ChronoUnit.MILLIS));
    }

    /** Keeps others from changing the key until the caller's transaction ends. */
    public Key lock(UUID id) {
        return store.lock(id).orElseThrow(() -> KmsErrors.keyNotFound(naming.arnOf(id)));
    }

    private Key change(UUID id, Consumer<Key> change) {
        return inTransaction(() -> {
            change.accept(lock(id));
            return get(id);
        });
    }

    private <T> T inTransaction(Supplier<T> work) {
        return Objects.requireNonNull(transactions.execute(_ -> work.get()));
    }
}
