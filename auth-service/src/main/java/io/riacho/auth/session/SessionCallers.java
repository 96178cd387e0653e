package io.riacho.auth.session;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.Role;
import io.riacho.auth.identity.SessionFacts;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.Principal;
import io.riacho.protocol.Caller;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who a session is now: its owner's policies of this moment, within what its token says. */
public final class SessionCallers {

    private final Identities identities;
    private final String accountId;

    public SessionCallers(Identities identities, String accountId) {
        this.identities = identities;
        this.accountId = accountId;
    }

    /** Empty where the owner is gone. */
    Optional<Caller> of(OpenedSession opened) {
        Session session = opened.session();
        return switch (session.kind()) {
            case ROLE -> role(session).map(role -> identities.session(role, facts(opened)));
            case USER -> user(session).map(user -> with(user, keysOf(session, user)));
            case ROOT ->
                session.ownerId().equals(accountId)
                        ? Optional.of(Caller.root(accountId)).map(root -> with(root, keysOf(session, root)))
                        : Optional.empty();
            case FEDERATED -> federating(session).map(user -> federated(opened, user));
        };
    }

    private Optional<Role> role(Session session) {
        return identities.role(session.owner()).filter(role -> role.id().equals(session.ownerId()));
    }

    private Optional<Caller> user(Session session) {
        String parentKey = session.parentKey();
        if (parentKey != null && identities.keyOwner(parentKey).isEmpty()) {
            return Optional.empty();
        }
        return identities.user(session.owner()).filter(user -> user.userId().equals(session.ownerId()));
    }

    private Optional<Caller> federating(Session session) {
        return session.ownerId().equals(accountId) ? Optional.of(Caller.root(accountId)) : user(session);
    }

    private SessionFacts facts(OpenedSession opened) {
        Session session = opened.session();
        Map<String, List<String>> keys = new HashMap<>(session.keys());
        keys.put(Session.TRANSITIVE_TAGS, session.transitiveTags());
        keys.put("aws:multifactorauthpresent", List.of("false"));
        if (session.provider() != null) {
            keys.put("aws:federatedprovider", List.of(session.provider()));
        }
        return new SessionFacts(
                session.name(),
                session.issuedAt(),
                policies(opened),
                session.tags(),
                session.sourceIdentity(),
                session.provider(),
                keys);
    }

    /** Managed policies as they are now; one that is gone grants nothing. */
    private @Nullable List<NamedPolicy> policies(OpenedSession opened) {
        if (!opened.session().isNarrowed()) {
            return null;
        }
        List<NamedPolicy> policies = new ArrayList<>();
        NamedPolicy inline = opened.policy();
        if (inline != null) {
            policies.add(inline);
        }
        for (String arn : opened.session().policyArns()) {
            identities.managedPolicy(arn).ifPresent(policies::add);
        }
        return policies;
    }

    private Caller federated(OpenedSession opened, Caller user) {
        Session session = opened.session();
        Principal principal = Principal.federatedUser(
                "arn:aws:sts::" + user.accountId() + ":federated-user/" + session.name(), user.arn());
        Map<String, List<String>> keys = new HashMap<>();
        session.tags()
                .forEach((key, value) -> keys.put("aws:principaltag/" + key.toLowerCase(Locale.ROOT), List.of(value)));
        keys.put("aws:principaltype", List.of("FederatedUser"));
        keys.put("aws:tokenissuetime", List.of(issueTime(session)));
        List<NamedPolicy> policies = policies(opened);
        return new Caller(
                principal,
                user.accountId() + ":" + session.name(),
                keys,
                user.policies().withSession(policies == null ? List.of() : policies));
    }

    private static Map<String, List<String>> keysOf(Session session, Caller owner) {
        Map<String, List<String>> keys = new HashMap<>(owner.keys());
        keys.put("aws:tokenissuetime", List.of(issueTime(session)));
        keys.put("aws:multifactorauthpresent", List.of("false"));
        keys.put(Session.USER_SESSION, List.of("true"));
        return keys;
    }

    private static Caller with(Caller owner, Map<String, List<String>> keys) {
        return new Caller(owner.principal(), owner.userId(), keys, owner.policies());
    }

    private static String issueTime(Session session) {
        return session.issuedAt().truncatedTo(ChronoUnit.SECONDS).toString();
    }
}
