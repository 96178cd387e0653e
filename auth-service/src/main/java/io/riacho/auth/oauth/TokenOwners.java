package io.riacho.auth.oauth;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.identity.SessionFacts;
import io.riacho.auth.session.SessionRevocations;
import io.riacho.protocol.Caller;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Whose an access token is: the user or root who signed in, or the user or role that the client acts as. */
final class TokenOwners {

    private final Identities identities;
    private final ClientStore clients;
    private final SessionRevocations revocations;
    private final RootSignIn root;

    TokenOwners(Identities identities, ClientStore clients, SessionRevocations revocations, RootSignIn root) {
        this.root = root;
        this.revocations = revocations;
        this.identities = identities;
        this.clients = clients;
    }

    /** Empty where the client, or whom it acts as, or the user is gone, or the token was revoked. */
    Optional<Caller> of(AccessTokens.AccessToken token) {
        return clients.find(token.clientId()).map(ClientStore.Stored::client).flatMap(client -> owner(token, client));
    }

    private Optional<Caller> owner(AccessTokens.AccessToken token, OAuthClient client) {
        if (revocations.isRevoked(token.id(), token.grantId(), token.subject(), token.issuedAt())) {
            return Optional.empty();
        }
        String user = token.userName();
        if (user != null && root.isRoot(new SignedInUser(token.subject(), user))) {
            return Optional.of(root.caller(token.issuedAt()));
        }
        if (user != null) {
            return user(user, token.subject(), token.issuedAt());
        }
        String arn = client.principalArn();
        String id = client.principalId();
        if (arn == null || id == null || revocations.isRevoked(token.id(), token.grantId(), id, token.issuedAt())) {
            return Optional.empty();
        }
        String name = arn.substring(arn.lastIndexOf('/') + 1);
        return arn.contains(":user/")
                ? user(name, id, token.issuedAt())
                : identities
                        .role(name)
                        .filter(role -> role.id().equals(id))
                        .map(role -> identities.session(
                                role,
                                new SessionFacts(
                                        client.name(), token.issuedAt(), null, Map.of(), null, null, Map.of())));
    }

    private Optional<Caller> user(String name, @Nullable String id, Instant issuedAt) {
        return identities.user(name).filter(found -> found.userId().equals(id)).map(found -> {
            Map<String, List<String>> keys = new HashMap<>(found.keys());
            keys.put(
                    "aws:tokenissuetime",
                    List.of(issuedAt.truncatedTo(ChronoUnit.SECONDS).toString()));
            return new Caller(found.principal(), found.userId(), keys, found.policies());
        });
    }
}
