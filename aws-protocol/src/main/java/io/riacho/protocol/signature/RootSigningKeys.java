package io.riacho.protocol.signature;

import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/** The keys of one account's root, from its access key id and secret. Safe for use by many threads; its text form hides the secret. */
public final class RootSigningKeys implements SigningKeys {

    /** More than the days, regions and services that are ever in use at once. */
    private static final int MAX_CACHED = 64;

    private final String accessKeyId;
    private final String secretAccessKey;
    private final String accountId;
    private final Map<Scope, Optional<SigningKey>> derived = new ConcurrentHashMap<>();

    public RootSigningKeys(String accessKeyId, String secretAccessKey, String accountId) {
        this.accessKeyId = accessKeyId;
        this.secretAccessKey = secretAccessKey;
        this.accountId = accountId;
    }

    public static RootSigningKeys of(RootCredentials root, String accountId) {
        return new RootSigningKeys(root.accessKeyId(), root.secretAccessKey(), accountId);
    }

    @Override
    public Optional<SigningKey> find(
            String keyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
        if (!keyId.equals(accessKeyId) || sessionToken != null) {
            return Optional.empty();
        }
        Scope scope = new Scope(date, region, service);
        Optional<SigningKey> known = derived.get(scope);
        if (known != null) {
            return known;
        }
        Optional<SigningKey> key = Optional.of(new SigningKey(
                SecretKeys.derive(secretAccessKey, scope.date, scope.region, scope.service), Caller.root(accountId)));
        if (derived.size() >= MAX_CACHED) {
            derived.clear();
        }
        derived.put(scope, key);
        return key;
    }

    @Override
    public String toString() {
        return "RootSigningKeys[" + accessKeyId + "]";
    }

    private record Scope(LocalDate date, String region, String service) {}
}
