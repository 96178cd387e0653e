package io.riacho.auth.sts;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.Arn;
import io.riacho.protocol.Permission;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Roles as their ARNs name them, and what it takes to assume one. */
final class Roles {

    /** Lets nobody in, so that a role that is not there answers as one that does not trust the caller. */
    private static final NamedPolicy NO_TRUST = new NamedPolicy("no role", PolicyDocument.parse("""
                    {"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"nobody.amazonaws.com"},\
                    "Action":["sts:AssumeRole","sts:AssumeRoleWithWebIdentity","sts:TagSession","sts:SetSourceIdentity"]}]}""", PolicyKind.TRUST));

    private final Identities identities;
    private final String accountId;

    Roles(Identities identities, String accountId) {
        this.identities = identities;
        this.accountId = accountId;
    }

    /** The role with exactly this ARN. */
    Optional<Role> find(String arn) {
        return Arn.parse(arn)
                .filter(parsed ->
                        parsed.service().equals("iam") && parsed.resource().startsWith("role/"))
                .map(parsed -> parsed.resource().substring(parsed.resource().lastIndexOf('/') + 1))
                .filter(name -> !name.isEmpty())
                .flatMap(identities::role)
                .filter(role -> role.arn().equals(arn));
    }

    /** @param keys condition keys of the request, names in lower case */
    Permission permission(String action, String arn, Optional<Role> role, Map<String, List<String>> keys) {
        Map<String, List<String>> all = new HashMap<>(keys);
        role.ifPresent(found -> found.tags().forEach((key, value) -> {
            String name = key.toLowerCase(Locale.ROOT);
            all.put("aws:resourcetag/" + name, List.of(value));
            all.put("iam:resourcetag/" + name, List.of(value));
        }));
        return new Permission(action, arn, accountId, all, role.map(Role::trust).orElse(NO_TRUST), true);
    }
}
