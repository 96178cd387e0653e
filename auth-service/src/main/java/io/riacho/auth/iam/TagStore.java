package io.riacho.auth.iam;

import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Tags in one table, of owners whose row is locked by who changes them. */
public final class TagStore {

    private final JdbcClient jdbc;
    private final String table;

    private TagStore(JdbcClient jdbc, String table) {
        this.jdbc = jdbc;
        this.table = table;
    }

    /** Of users and roles. */
    public static TagStore ofIdentities(JdbcClient jdbc) {
        return new TagStore(jdbc, "auth.identity_tag");
    }

    public static TagStore ofPolicies(JdbcClient jdbc) {
        return new TagStore(jdbc, "auth.policy_tag");
    }

    public static TagStore ofOidcProviders(JdbcClient jdbc) {
        return new TagStore(jdbc, "auth.oidc_provider_tag");
    }

    public Map<String, String> of(String owner) {
        return ofAll(List.of(owner)).getOrDefault(owner, Map.of());
    }

    public Map<String, Map<String, String>> ofAll(Collection<String> owners) {
        Map<String, Map<String, String>> tags = new HashMap<>();
        if (!owners.isEmpty()) {
            jdbc.sql("select owner_id, key, value from " + table + " where owner_id in (:owners)"
                            + " order by key collate \"C\"")
                    .param("owners", owners)
                    .query((RowCallbackHandler)
                            row -> tags.computeIfAbsent(row.getString("owner_id"), _ -> new LinkedHashMap<>())
                                    .put(row.getString("key"), row.getString("value")));
        }
        return tags;
    }

    /** @throws io.riacho.protocol.AwsException LimitExceeded where there would be too many */
    public void put(String owner, Map<String, String> tags) {
        Map<String, String> keys = new HashMap<>();
        of(owner).keySet().forEach(key -> keys.put(key.toLowerCase(Locale.ROOT), key));
        tags.forEach((key, value) -> {
            if (keys.put(key.toLowerCase(Locale.ROOT), key) != null) {
                remove(owner, List.of(key));
            }
            jdbc.sql("insert into " + table + " (owner_id, key, value) values (:owner, :key, :value)")
                    .param("owner", owner)
                    .param("key", key)
                    .param("value", value)
                    .update();
        });
        if (keys.size() > Quotas.TAGS) {
            throw Tags.tooMany();
        }
    }

    public void remove(String owner, Collection<String> keys) {
        if (!keys.isEmpty()) {
            jdbc.sql("delete from " + table + " where owner_id = :owner and lower(key) in (:keys)")
                    .param("owner", owner)
                    .param(
                            "keys",
                            keys.stream()
                                    .map(key -> key.toLowerCase(Locale.ROOT))
                                    .toList())
                    .update();
        }
    }
}
