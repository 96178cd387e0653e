package io.riacho.auth.session;

import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.DerivedKey;
import io.riacho.protocol.signature.RootSigningKeys;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/** A session whose token was opened, with what is worth keeping of that. Its text form hides the secret. */
final class OpenedSession {

    private final String accessKeyId;
    private final Session session;
    private final @Nullable NamedPolicy policy;
    private final RootSigningKeys keys;

    private OpenedSession(
            String accessKeyId, Session session, @Nullable NamedPolicy policy, RootSigningKeys keys) {
        this.accessKeyId = accessKeyId;
        this.session = session;
        this.policy = policy;
        this.keys = keys;
    }

    static @Nullable OpenedSession of(String accessKeyId, SealedSessions.Content content) {
        Session session = content.session();
        try {
            NamedPolicy policy = session.policy() == null
                    ? null
                    : new NamedPolicy("session policy", PolicyDocument.parse(session.policy(), PolicyKind.SESSION));
            return new OpenedSession(
                    accessKeyId,
                    session,
                    policy,
                    new RootSigningKeys(accessKeyId, content.secretAccessKey(), session.ownerId()));
        } catch (InvalidPolicyException e) {
            // It was read when the session began: a newer version of this program reads policies more strictly.
            return null;
        }
    }

    Session session() {
        return session;
    }

    /** The inline session policy. */
    @Nullable NamedPolicy policy() {
        return policy;
    }

    DerivedKey derive(LocalDate date, String region, String service) {
        return keys.find(accessKeyId, null, date, region, service).orElseThrow().key();
    }

    @Override
    public String toString() {
        return "OpenedSession[" + accessKeyId + "]";
    }
}
