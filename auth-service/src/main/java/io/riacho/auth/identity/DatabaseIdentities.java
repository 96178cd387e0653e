package io.riacho.auth.identity;

import io.riacho.auth.database.AuthDatabase;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.Caller;
import io.riacho.protocol.authority.FreshAnswers;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.springframework.dao.DataAccessException;

/** Identities of the database, remembered for a few seconds. */
public final class DatabaseIdentities implements Identities {

    private final IamArns arns;
    private final FreshAnswers<String, Optional<Caller>> users;
    private final FreshAnswers<String, Optional<Role>> roles;
    private final FreshAnswers<String, Optional<KeyOwner>> keyOwners;
    private final FreshAnswers<String, Optional<NamedPolicy>> managedPolicies;

    public DatabaseIdentities(AuthDatabase database, IamArns arns) {
        this.arns = arns;
        Principals principals = new Principals(database.jdbc(), arns, new PolicyDocuments());
        this.users = remembered(database, principals::user);
        this.roles = remembered(database, principals::role);
        this.keyOwners = remembered(database, principals::keyOwner);
        this.managedPolicies = remembered(database, principals::managedPolicy);
    }

    private static <V> FreshAnswers<String, V> remembered(AuthDatabase database, Function<String, V> read) {
        return new FreshAnswers<>(database::generation, key -> {
            try {
                return read.apply(key);
            } catch (DataAccessException e) {
                throw new IOException(e.getMessage(), e);
            }
        });
    }

    @Override
    public Optional<Caller> user(String name) {
        return users.get(name);
    }

    @Override
    public Optional<Role> role(String name) {
        return roles.get(name);
    }

    @Override
    public Optional<Caller> keyOwner(String accessKeyId) {
        return accessKey(accessKeyId).map(KeyOwner::caller);
    }

    /** An access key that is there and active. */
    public Optional<KeyOwner> accessKey(String accessKeyId) {
        return keyOwners.get(accessKeyId);
    }

    @Override
    public Optional<NamedPolicy> managedPolicy(String arn) {
        return managedPolicies.get(arn);
    }

    @Override
    public Caller session(Role role, SessionFacts facts) {
        // Tag keys differ in case only by mistake: IAM takes the session's for the role's.
        Map<String, List<String>> keys = new HashMap<>(Principals.tagKeys(role.tags()));
        keys.putAll(Principals.tagKeys(facts.tags()));
        keys.putAll(facts.keys());
        keys.put("aws:principaltype", List.of("AssumedRole"));
        keys.put("aws:tokenissuetime", List.of(facts.issuedAt().toString()));
        if (facts.sourceIdentity() != null) {
            keys.put("aws:sourceidentity", List.of(facts.sourceIdentity()));
        }
        String sessionArn = arns.ofSession(role.name(), facts.name());
        Principal principal;
        if (facts.provider() != null) {
            keys.put("aws:federatedprovider", List.of(facts.provider()));
            principal = Principal.assumedRole(sessionArn, role.arn(), facts.provider());
        } else {
            principal = Principal.assumedRole(sessionArn, role.arn());
        }
        PolicySet policies = role.policies().withSession(facts.policies());
        return new Caller(principal, role.id() + ':' + facts.name(), keys, policies);
    }
}
