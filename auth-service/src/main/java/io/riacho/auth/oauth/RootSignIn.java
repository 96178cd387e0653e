package io.riacho.auth.oauth;

import io.riacho.protocol.Caller;
import io.riacho.protocol.signature.RootCredentials;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The root at the sign-in page: its access key's id is its name, and the secret its password. What it is given ends with
 * the key. The comparison takes the same time whatever is given.
 */
final class RootSignIn {

    private final RootCredentials key;
    private final String accountId;
    private final boolean allowed;

    /** @param allowed where false, nobody signs in as the root, and tokens from before are refused */
    RootSignIn(RootCredentials key, String accountId, boolean allowed) {
        this.key = key;
        this.accountId = accountId;
        this.allowed = allowed;
    }

    Optional<SignedInUser> signIn(String name, String password) {
        boolean isIt = equal(name, key.accessKeyId()) & equal(password, key.secretAccessKey());
        return allowed && isIt ? Optional.of(new SignedInUser(accountId, key.accessKeyId())) : Optional.empty();
    }

    /** No user's unique id is an account's number. */
    boolean isRoot(SignedInUser user) {
        return allowed && user.id().equals(accountId) && user.name().equals(key.accessKeyId());
    }

    Caller caller(Instant issuedAt) {
        Caller root = Caller.root(accountId);
        return new Caller(
                root.principal(),
                root.userId(),
                Map.of(
                        "aws:tokenissuetime",
                        List.of(issuedAt.truncatedTo(ChronoUnit.SECONDS).toString())),
                root.policies());
    }

    private static boolean equal(String given, String known) {
        return MessageDigest.isEqual(given.getBytes(StandardCharsets.UTF_8), known.getBytes(StandardCharsets.UTF_8));
    }
}
