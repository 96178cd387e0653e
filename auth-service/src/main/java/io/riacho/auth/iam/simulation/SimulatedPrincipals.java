package io.riacho.auth.iam.simulation;

import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.iam.policy.GrantStore;
import io.riacho.auth.identity.EntityKind;
import io.riacho.auth.identity.IamArns;
import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.auth.identity.SessionFacts;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.Arn;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Finds who is imagined to ask: a user, a member of a group, a session of a role. */
public final class SimulatedPrincipals {

    private static final String NAME = "simulation";

    private final Identities identities;
    private final EntityStore entities;
    private final GrantStore grants;
    private final IamArns arns;
    private final InstantSource clock;

    public SimulatedPrincipals(
            Identities identities, EntityStore entities, GrantStore grants, IamArns arns, InstantSource clock) {
        this.identities = identities;
        this.entities = entities;
        this.grants = grants;
        this.arns = arns;
        this.clock = clock;
    }

    /** Has no policies of its own. */
    SimulatedPrincipal nobody(@Nullable String callerArn) {
        return new SimulatedPrincipal(principal(callerArn), PolicySet.NONE, Map.of());
    }

    /**
     * @param callerArn the user that asks with the policies of the first; null where it asks itself
     * @throws AwsException NoSuchEntity, InvalidInput
     */
    SimulatedPrincipal find(String arn, @Nullable String callerArn) {
        IamArns.EntityName name = arns.entity(arn)
                .orElseThrow(() -> IamErrors.invalidInput(
                        "Invalid Entity Arn: " + arn + " does not clearly define entity" + " type and name."));
        Entity entity = entities.require(name.kind(), name.name());
        if (!entity.arn().equals(arn)) {
            throw IamErrors.noSuch(name.kind(), name.name());
        }
        SimulatedPrincipal found = switch (name.kind()) {
            case USER -> of(identities.user(name.name()).orElseThrow(() -> gone(entity)));
            case ROLE -> ofRole(identities.role(name.name()).orElseThrow(() -> gone(entity)));
            case GROUP -> new SimulatedPrincipal(principal(callerArn), policies(entity), Map.of());
        };
        return callerArn == null ? found : new SimulatedPrincipal(principal(callerArn), found.policies(), found.keys());
    }

    private static SimulatedPrincipal of(Caller caller) {
        Map<String, List<String>> keys = new HashMap<>(caller.keys());
        keys.put("aws:userid", List.of(caller.userId()));
        String issuer = caller.principal().issuerArn();
        keys.put("aws:principalarn", List.of(issuer == null ? caller.arn() : issuer));
        keys.put("aws:principalaccount", List.of(caller.accountId()));
        return new SimulatedPrincipal(caller.principal(), caller.policies(), keys);
    }

    private SimulatedPrincipal ofRole(Role role) {
        return of(identities.session(
                role, new SessionFacts(NAME, clock.instant(), null, Map.of(), null, null, Map.of())));
    }

    private PolicySet policies(Entity group) {
        List<NamedPolicy> policies = new ArrayList<>();
        grants.inline(group)
                .forEach((name, document) ->
                        policies.add(new NamedPolicy(name, PolicyDocument.parse(document, PolicyKind.IDENTITY))));
        grants.attached(group)
                .forEach(attached -> identities.managedPolicy(attached.arn()).ifPresent(policies::add));
        return PolicySet.ofIdentity(policies);
    }

    private Principal principal(@Nullable String callerArn) {
        if (callerArn == null) {
            return Principal.user(arns.of(EntityKind.USER, "/", NAME));
        }
        return Arn.parse(callerArn)
                .filter(arn -> arn.service().equals("iam") && !arn.accountId().isEmpty())
                .filter(arn -> arn.resource().startsWith("user/"))
                .map(arn -> Principal.user(callerArn))
                .orElseThrow(() -> IamErrors.invalidInput("CallerArn has to be the ARN of a user: " + callerArn));
    }

    /** It was deleted just now. */
    private static AwsException gone(Entity entity) {
        return IamErrors.noSuch(entity.kind(), entity.name());
    }
}
