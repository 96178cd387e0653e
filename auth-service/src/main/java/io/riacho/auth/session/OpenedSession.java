package io.riacho.auth.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.DerivedKey;
import io.riacho.protocol.signature.SecretKeys;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A session whose token was opened, with what is worth keeping of that. Its text form hides the secret. */
final class OpenedSession {

    private static final int MAX_DERIVED = 16;

    private final String accessKeyId;
    private final Session session;
    private final @Nullable NamedPolicy policy;
    private final String secretAccessKey;
    private final Cache<Scope, DerivedKey> derived =
            Caffeine.newBuilder().maximumSize(MAX_DERIVED).build();

    private OpenedSession(String accessKeyId, Session session, @Nullable NamedPolicy policy, String secretAccessKey) {
        this.accessKeyId = accessKeyId;
        this.session = session;
        this.policy = policy;
        this.secretAccessKey = secretAccessKey;
    }

    static @Nullable OpenedSession of(String accessKeyId, SealedSessions.Content content) {
        Session session = content.session();
        try {
            NamedPolicy policy = session.policy() == null
                    ? null
                    : new NamedPolicy("session policy", PolicyDocument.parse(session.policy(), PolicyKind.SESSION));
            return new OpenedSession(accessKeyId, session, policy, content.secretAccessKey());
        } catch (InvalidPolicyException e) {
            // It was read when the session began: a newer version of this program reads policies more strictly.
            return null;
        }
    }

    Session session() {
        return session;
    }

    /** The inline session policy. */
    @Nullable
    NamedPolicy policy() {
        return policy;
    }

    DerivedKey derive(LocalDate date, String region, String service) {
        return derived.get(
                new Scope(date, region, service),
                scope -> SecretKeys.derive(secretAccessKey, scope.date, scope.region, scope.service));
    }

    @Override
    public String toString() {
        return "OpenedSession[" + accessKeyId + "]";
    }

    private record Scope(LocalDate date, String region, String service) {}
}
