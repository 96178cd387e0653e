package io.riacho.auth.iam.access;

import io.riacho.auth.iam.TagStore;
import io.riacho.auth.iam.accesskey.AccessKeyStore;
import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.iam.managed.ManagedPolicyStore;
import io.riacho.auth.identity.EntityKind;
import io.riacho.auth.identity.IamArns;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What decisions depend on of the things that requests are about. */
public final class AccessFacts {

    private final EntityStore entities;
    private final ManagedPolicyStore policies;
    private final AccessKeyStore accessKeys;
    private final TagStore entityTags;
    private final TagStore policyTags;
    private final TagStore providerTags;
    private final IamArns arns;

    public AccessFacts(
            EntityStore entities,
            ManagedPolicyStore policies,
            AccessKeyStore accessKeys,
            TagStore entityTags,
            TagStore policyTags,
            TagStore providerTags,
            IamArns arns) {
        this.entities = entities;
        this.policies = policies;
        this.accessKeys = accessKeys;
        this.entityTags = entityTags;
        this.policyTags = policyTags;
        this.providerTags = providerTags;
        this.arns = arns;
    }

    Target of(EntityKind kind, String name) {
        return entities.find(kind, name)
                .map(this::target)
                .orElseGet(() -> new Target(arns.of(kind, "/", name), Map.of(), null));
    }

    Optional<Target> ofKeyOwner(String accessKeyId) {
        return accessKeys
                .find(accessKeyId)
                .flatMap(key -> entities.byId(key.userId()))
                .map(this::target);
    }

    /** What the ARN names, of whatever kind it is. */
    Target ofArn(String arn) {
        Optional<IamArns.EntityName> entity = arns.entity(arn);
        if (entity.isPresent()) {
            return entities.find(entity.get().kind(), entity.get().name())
                    .filter(found -> found.arn().equals(arn))
                    .map(this::target)
                    .orElseGet(() -> new Target(arn, Map.of(), null));
        }
        Map<String, String> tags = arns.oidcProvider(arn)
                .map(providerTags::of)
                .or(() -> policies.find(arn).map(policy -> policyTags.of(policy.id())))
                .orElse(Map.of());
        return new Target(arn, tags, null);
    }

    private Target target(Entity entity) {
        return new Target(entity.arn(), entityTags.of(entity.id()), entity.boundaryArn());
    }

    /** @param boundary the permissions boundary that it has; null where it has none */
    record Target(
            String arn, Map<String, String> tags, @Nullable String boundary) {}
}
