package io.riacho.auth.session;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a session is, whoever holds its credentials.
 *
 * @param kind whose session it is
 * @param owner the name of the role or user; the account's number where it is the account's own
 * @param ownerId the owner's unique id: one that was deleted and made again is another
 * @param name of the role session or the federated user; empty for others
 * @param issuedAt to the millisecond
 * @param policy the session policy; null where none was given
 * @param policyArns managed policies that are session policies, too
 * @param tags session tags
 * @param transitiveTags keys of those that go on to the next role
 * @param provider the identity provider that vouched for who assumed the role; null where none did
 * @param keys further condition keys, names in lower case
 * @param parentKey the access key that a user's session was begun with; null where it was begun with none
 */
public record Session(
        Kind kind,
        String owner,
        String ownerId,
        String name,
        Instant issuedAt,
        Instant expiresAt,
        @Nullable String policy,
        List<String> policyArns,
        Map<String, String> tags,
        List<String> transitiveTags,
        @Nullable String sourceIdentity,
        @Nullable String provider,
        Map<String, List<String>> keys,
        @Nullable String parentKey) {

    /** The condition key that names the tags that go on to the next role. No client can set it. */
    public static final String TRANSITIVE_TAGS = "riacho:transitivetagkeys";

    /** The condition key of a user's own session. */
    public static final String USER_SESSION = "riacho:usersession";

    public Session {
        policyArns = List.copyOf(policyArns);
        tags = Map.copyOf(tags);
        transitiveTags = List.copyOf(transitiveTags);
        keys = Map.copyOf(keys);
    }

    /** Whose session it is. */
    public enum Kind {
        /** Of a role that was assumed. */
        ROLE,
        /** Of a user, with the user's own rights. */
        USER,
        /** Of the account, with its own rights. */
        ROOT,
        /** Of somebody to whom a user lends a part of its rights. */
        FEDERATED
    }

    /** Whether session policies limit what it may do. */
    boolean isNarrowed() {
        return policy != null || !policyArns.isEmpty();
    }
}
