package io.riacho.streams.stream;

import io.riacho.policy.NamedPolicy;
import io.riacho.protocol.Permission;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * What a caller needs to be allowed in order to do something with one stream or consumer. Its tags and its policy are in it
 * already, so that the record path makes nothing anew for each request. Safe for use by many threads.
 */
public final class ResourcePermissions {

    private final String arn;
    private final String accountId;
    private final Map<String, List<String>> tagKeys;
    private final @Nullable NamedPolicy policy;
    private final Map<String, Permission> byOperation = new ConcurrentHashMap<>();

    /** @param policy the resource's own; null where it has none */
    public ResourcePermissions(String arn, String accountId, Map<String, String> tags, @Nullable NamedPolicy policy) {
        this.arn = arn;
        this.accountId = accountId;
        this.policy = policy;
        Map<String, List<String>> keys = new HashMap<>();
        tags.forEach((key, value) -> keys.put("aws:resourcetag/" + key.toLowerCase(Locale.ROOT), List.of(value)));
        tagKeys = Map.copyOf(keys);
    }

    public @Nullable NamedPolicy policy() {
        return policy;
    }

    ResourcePermissions with(Map<String, String> tags) {
        return new ResourcePermissions(arn, accountId, tags, policy);
    }

    public ResourcePermissions with(Map<String, String> tags, @Nullable NamedPolicy newPolicy) {
        return new ResourcePermissions(arn, accountId, tags, newPolicy);
    }

    /** @param operation of the model, so that only so many are kept */
    Permission of(String operation) {
        Permission known = byOperation.get(operation);
        return known != null ? known : byOperation.computeIfAbsent(operation, name -> permission(name, tagKeys));
    }

    /** @param requestKeys condition keys of the request alone */
    public Permission of(String operation, Map<String, List<String>> requestKeys) {
        if (requestKeys.isEmpty()) {
            return of(operation);
        }
        Map<String, List<String>> keys = new HashMap<>(tagKeys);
        keys.putAll(requestKeys);
        return permission(operation, keys);
    }

    private Permission permission(String operation, Map<String, List<String>> keys) {
        return new Permission(StreamAccess.PREFIX + operation, arn, accountId, keys, policy, false);
    }
}
