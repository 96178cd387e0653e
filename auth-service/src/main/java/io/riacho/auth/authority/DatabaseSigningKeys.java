package io.riacho.auth.authority;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.riacho.auth.identity.DatabaseIdentities;
import io.riacho.auth.identity.KeyOwner;
import io.riacho.auth.identity.UniqueIds;
import io.riacho.protocol.DerivedKey;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.signature.SecretKeys;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * The root's access key, those of users, and through {@link SessionKeys} temporary ones. Derived keys are remembered, and
 * secrets are not. A key that is not there or not active costs the same work as one that is: its day key is derived from
 * a secret that nobody has.
 */
public final class DatabaseSigningKeys implements SigningKeys {

    private static final String TEMPORARY = "ASIA";
    private static final String NOBODY = "nobody";
    private static final int MAX_DERIVED = 20_000;
    private static final Duration KEPT = Duration.ofHours(1);

    private final SigningKeys root;
    private final DatabaseIdentities identities;
    private final AccessKeySecrets secrets;
    private final SessionKeys sessions;
    private final LastUses uses;
    private final byte[] nobodysSecret;
    private final Cache<Scope, DerivedKey> derived = Caffeine.newBuilder()
            .maximumSize(MAX_DERIVED)
            .expireAfterAccess(KEPT)
            .build();

    public DatabaseSigningKeys(
            SigningKeys root,
            DatabaseIdentities identities,
            AccessKeySecrets secrets,
            SessionKeys sessions,
            LastUses uses) {
        this.root = root;
        this.identities = identities;
        this.secrets = secrets;
        this.sessions = sessions;
        this.uses = uses;
        this.nobodysSecret = secrets.seal(NOBODY, AccessKeySecrets.newSecret());
    }

    @Override
    public Optional<SigningKey> find(
            String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
        if (accessKeyId.startsWith(TEMPORARY)) {
            return sessions.find(accessKeyId, sessionToken, date, region, service);
        }
        Optional<SigningKey> ofRoot = root.find(accessKeyId, sessionToken, date, region, service);
        if (ofRoot.isPresent()) {
            return ofRoot;
        }
        KeyOwner owner = UniqueIds.isAccessKey(accessKeyId)
                ? identities.accessKey(accessKeyId).orElse(null)
                : null;
        DerivedKey key = derived.get(
                new Scope(owner == null ? NOBODY : accessKeyId, date, region, service), scope -> derive(owner, scope));
        return owner == null || sessionToken != null
                ? Optional.empty()
                : Optional.of(new SigningKey(key, owner.caller()));
    }

    @Override
    public void used(String accessKeyId, String region, String service) {
        if (!accessKeyId.startsWith(TEMPORARY)) {
            uses.used(accessKeyId, region, service);
        }
    }

    @Override
    public String toString() {
        return "DatabaseSigningKeys";
    }

    private DerivedKey derive(@Nullable KeyOwner owner, Scope scope) {
        byte[] sealed = owner == null ? nobodysSecret : owner.sealedSecret();
        return SecretKeys.derive(secrets.open(scope.accessKeyId, sealed), scope.date, scope.region, scope.service);
    }

    private record Scope(String accessKeyId, LocalDate date, String region, String service) {}
}
