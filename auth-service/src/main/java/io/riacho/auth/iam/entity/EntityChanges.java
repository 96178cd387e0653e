package io.riacho.auth.iam.entity;

import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Quotas;
import io.riacho.auth.iam.TagStore;
import io.riacho.auth.iam.managed.ManagedPolicyStore;
import io.riacho.auth.identity.EntityKind;
import io.riacho.auth.identity.IamArns;
import io.riacho.auth.identity.UniqueIds;
import io.riacho.protocol.AwsException;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** What changes users, groups and roles in the same way. */
public final class EntityChanges {

    private final EntityStore store;
    private final ManagedPolicyStore policies;
    private final TagStore tags;
    private final IamChanges changes;
    private final IamArns arns;
    private final InstantSource clock;

    public EntityChanges(
            EntityStore store,
            ManagedPolicyStore policies,
            TagStore tags,
            IamChanges changes,
            IamArns arns,
            InstantSource clock) {
        this.store = store;
        this.policies = policies;
        this.tags = tags;
        this.changes = changes;
        this.arns = arns;
        this.clock = clock;
    }

    EntityStore store() {
        return store;
    }

    Map<String, String> tags(Entity entity) {
        return tags.of(entity.id());
    }

    Entity create(
            EntityKind kind,
            String name,
            @Nullable String givenPath,
            @Nullable String boundary,
            Entity.@Nullable RoleParts role,
            Map<String, String> given) {
        String path = givenPath == null ? "/" : givenPath;
        return changes.get(
                () -> {
                    changes.lock(kind.word());
                    if (store.count(kind) >= Quotas.entities(kind)) {
                        throw IamErrors.limitExceeded(Quotas.upper(kind) + "sPerAccount", Quotas.entities(kind));
                    }
                    Entity made = new Entity(
                            UniqueIds.of(kind),
                            kind,
                            name,
                            path,
                            arns.of(kind, path, name),
                            clock.instant().truncatedTo(ChronoUnit.SECONDS),
                            boundary,
                            role);
                    store.insert(made, boundary == null ? null : boundaryId(boundary));
                    tags.put(made.id(), given);
                    return made;
                },
                () -> exists(kind, name));
    }

    void rename(EntityKind kind, String name, @Nullable String newName, @Nullable String newPath) {
        changes.get(
                () -> {
                    Entity entity = store.lock(kind, name);
                    store.rename(
                            entity,
                            newName == null ? entity.name() : newName,
                            newPath == null ? entity.path() : newPath);
                    return true;
                },
                () -> exists(kind, newName == null ? name : newName));
    }

    /** @param boundary null for none */
    void setBoundary(EntityKind kind, String name, @Nullable String boundary) {
        changes.run(() -> {
            Entity entity = store.lock(kind, name);
            if (boundary == null && entity.boundaryArn() == null) {
                throw IamErrors.noSuchEntity(
                        Quotas.upper(kind) + " " + name + " does not have a permissions boundary.");
            }
            store.setBoundary(entity, boundary == null ? null : boundaryId(boundary));
        });
    }

    void change(EntityKind kind, String name, Consumer<Entity> change) {
        changes.run(() -> change.accept(store.lock(kind, name)));
    }

    void delete(EntityKind kind, String name) {
        change(kind, name, entity -> {
            store.leftovers(entity).requireNone();
            store.delete(entity);
        });
    }

    private String boundaryId(String arn) {
        return policies.requireToAttach(arn).id();
    }

    private static AwsException exists(EntityKind kind, String name) {
        return IamErrors.alreadyExists(Quotas.upper(kind) + " with name " + name + " already exists.");
    }
}
