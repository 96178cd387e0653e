package io.riacho.auth.identity;

import io.riacho.auth.database.AuthDatabase;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.Caller;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Reads users and roles with everything that bears on what they may do, each in one query. */
final class Principals {

    /** Rows of three texts: which part it is, its name, its value. {@code me} is the identity. */
    private static final String PARTS = """
            , mine (id) as (
                select id from me
                union all
                select m.group_id from auth.membership m join me on me.id = m.user_id
            )
            select 'self' as part, me.name, me.id as value from me
            union all
            select 'path', me.name, me.path from me
            union all
            select 'trust', me.name, me.trust_policy from me where me.trust_policy is not null
            union all
            select 'session', me.name, me.max_session_seconds::text from me where me.max_session_seconds is not null
            union all
            select 'tag', t.key, t.value from auth.identity_tag t join me on me.id = t.owner_id
            union all
            select 'inline', p.name, p.document from auth.inline_policy p join mine on mine.id = p.identity_id
            union all
            select case when p.aws_managed then 'aws' else 'managed' end, p.path || p.name, v.document
                from auth.managed_policy p
                join auth.policy_version v on v.policy_id = p.id and v.version = p.default_version
                where p.id in (select a.policy_id from auth.attachment a join mine on mine.id = a.identity_id)
            union all
            select case when p.aws_managed then 'aws-boundary' else 'boundary' end, p.path || p.name, v.document
                from me
                join auth.managed_policy p on p.id = me.boundary_id
                join auth.policy_version v on v.policy_id = p.id and v.version = p.default_version
            """;

    private static final String BY_NAME =
            "with me as (select * from auth.identity where kind = :kind and name = :name)" + PARTS;

    private static final String BY_KEY = "with me as (select i.* from auth.identity i join auth.access_key k"
            + " on k.user_id = i.id where k.id = :key and k.active)" + PARTS
            + " union all select 'key', '', encode(k.sealed_secret, 'base64') from auth.access_key k"
            + " where k.id = :key and k.active";

    private final JdbcClient jdbc;
    private final IamArns arns;
    private final PolicyDocuments documents;

    Principals(JdbcClient jdbc, IamArns arns, PolicyDocuments documents) {
        this.jdbc = jdbc;
        this.arns = arns;
        this.documents = documents;
    }

    Optional<Caller> user(String name) {
        Parts parts = byName(EntityKind.USER, name);
        return parts.exists() ? Optional.of(caller(parts)) : Optional.empty();
    }

    Optional<KeyOwner> keyOwner(String accessKeyId) {
        Parts parts = new Parts();
        jdbc.sql(BY_KEY).param("key", accessKeyId).query((RowCallbackHandler) parts::add);
        return parts.exists()
                ? Optional.of(
                        new KeyOwner(Base64.getMimeDecoder().decode(parts.one("key")), signer(parts, accessKeyId)))
                : Optional.empty();
    }

    Optional<Role> role(String name) {
        Parts parts = byName(EntityKind.ROLE, name);
        if (!parts.exists()) {
            return Optional.empty();
        }
        String arn = arns.of(EntityKind.ROLE, parts.one("path"), parts.name);
        return Optional.of(new Role(
                parts.name,
                arn,
                parts.one("self"),
                documents.named(arn, parts.one("trust"), PolicyKind.TRUST),
                Duration.ofSeconds(Long.parseLong(parts.one("session"))),
                parts.tags,
                parts.policies()));
    }

    Optional<NamedPolicy> managedPolicy(String arn) {
        return arns.policy(arn)
                .flatMap(policy -> jdbc.sql("""
                        select v.document from auth.managed_policy p
                        join auth.policy_version v on v.policy_id = p.id and v.version = p.default_version
                        where p.aws_managed = :aws and p.path = :path and p.name = :name
                        """)
                        .param("aws", policy.awsManaged())
                        .param("path", policy.path())
                        .param("name", policy.name())
                        .query(String.class)
                        .optional())
                .map(document -> documents.named(arn, document, PolicyKind.IDENTITY));
    }

    private Caller caller(Parts parts) {
        Map<String, List<String>> keys = new HashMap<>(tagKeys(parts.tags));
        keys.put("aws:username", List.of(parts.name));
        keys.put("aws:principaltype", List.of("User"));
        String arn = arns.of(EntityKind.USER, parts.one("path"), parts.name);
        return new Caller(Principal.user(arn), parts.one("self"), keys, parts.policies());
    }

    /** A session that is begun with the key ends with it, so it has to be known which one it was. */
    private Caller signer(Parts parts, String accessKeyId) {
        Caller caller = caller(parts);
        Map<String, List<String>> keys = new HashMap<>(caller.keys());
        keys.put(KeyOwner.ACCESS_KEY, List.of(accessKeyId));
        return new Caller(caller.principal(), caller.userId(), keys, caller.policies());
    }

    static Map<String, List<String>> tagKeys(Map<String, String> tags) {
        Map<String, List<String>> keys = new HashMap<>();
        tags.forEach((key, value) -> keys.put("aws:principaltag/" + key.toLowerCase(Locale.ROOT), List.of(value)));
        return keys;
    }

    private Parts byName(EntityKind kind, String name) {
        Parts parts = new Parts();
        if (!AuthDatabase.canHold(name)) {
            return parts;
        }
        jdbc.sql(BY_NAME).param("kind", kind.word()).param("name", name).query((RowCallbackHandler) parts::add);
        return parts;
    }

    /** One identity, as it comes in rows. */
    private final class Parts {

        private final Map<String, String> single = new HashMap<>();
        private final Map<String, String> tags = new HashMap<>();
        private final List<NamedPolicy> identity = new ArrayList<>();
        private @Nullable NamedPolicy boundary;
        private String name = "";

        void add(ResultSet row) throws SQLException {
            add(row.getString(1), row.getString(2), row.getString(3));
        }

        private void add(String part, String key, String value) {
            switch (part) {
                case "tag" -> tags.put(key, value);
                case "inline" -> identity.add(documents.named(key, value, PolicyKind.IDENTITY));
                case "managed", "aws" -> identity.add(managed(part.equals("aws"), key, value));
                case "boundary", "aws-boundary" -> boundary = managed(part.equals("aws-boundary"), key, value);
                default -> {
                    single.put(part, value);
                    if (part.equals("self")) {
                        name = key;
                    }
                }
            }
        }

        boolean exists() {
            return single.containsKey("self");
        }

        String one(String part) {
            return Objects.requireNonNull(single.get(part), part);
        }

        PolicySet policies() {
            return PolicySet.ofIdentity(identity).withBoundary(boundary == null ? null : List.of(boundary));
        }

        private NamedPolicy managed(boolean aws, String pathAndName, String document) {
            return documents.named(arns.ofPolicy(aws, pathAndName, ""), document, PolicyKind.IDENTITY);
        }
    }
}
