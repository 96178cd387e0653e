package io.riacho.auth.iam.policy;

import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.managed.ManagedPolicy;
import io.riacho.auth.identity.IamArns;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.RowCallbackHandler;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Which policies users, groups and roles have. Who changes them has locked the entity. */
public final class GrantStore {

    private final JdbcClient jdbc;
    private final IamArns arns;

    public GrantStore(JdbcClient jdbc, IamArns arns) {
        this.jdbc = jdbc;
        this.arns = arns;
    }

    /** Names and documents in the order of the names. */
    public Map<String, String> inline(Entity entity) {
        Map<String, String> policies = new LinkedHashMap<>();
        jdbc.sql("select name, document from auth.inline_policy where identity_id = :id order by name collate \"C\"")
                .param("id", entity.id())
                .query((RowCallbackHandler) row -> policies.put(row.getString("name"), row.getString("document")));
        return policies;
    }

    Optional<String> inline(Entity entity, String name) {
        return Optional.ofNullable(inline(entity).get(name));
    }

    void putInline(Entity entity, String name, String document) {
        jdbc.sql("insert into auth.inline_policy (identity_id, name, document) values (:id, :name, :document)"
                        + " on conflict (identity_id, name) do update set document = excluded.document")
                .param("id", entity.id())
                .param("name", name)
                .param("document", document)
                .update();
    }

    boolean deleteInline(Entity entity, String name) {
        return jdbc.sql("delete from auth.inline_policy where identity_id = :id and name = :name")
                        .param("id", entity.id())
                        .param("name", name)
                        .update()
                > 0;
    }

    /** In the order of names and ARNs. */
    public List<Attached> attached(Entity entity) {
        return jdbc.sql("""
                        select p.aws_managed, p.path, p.name from auth.attachment a
                        join auth.managed_policy p on p.id = a.policy_id
                        where a.identity_id = :id order by p.name collate "C", p.aws_managed
                        """)
                .param("id", entity.id())
                .query((row, _) -> new Attached(
                        row.getString("name"),
                        row.getString("path"),
                        arns.ofPolicy(row.getBoolean("aws_managed"), row.getString("path"), row.getString("name"))))
                .list();
    }

    void attach(Entity entity, ManagedPolicy policy) {
        jdbc.sql("insert into auth.attachment (identity_id, policy_id) values (:id, :policy) on conflict do nothing")
                .param("id", entity.id())
                .param("policy", policy.id())
                .update();
    }

    boolean detach(Entity entity, ManagedPolicy policy) {
        return jdbc.sql("delete from auth.attachment where identity_id = :id and policy_id = :policy")
                        .param("id", entity.id())
                        .param("policy", policy.id())
                        .update()
                > 0;
    }

    /** A managed policy as it is attached. */
    public record Attached(String name, String path, String arn) {}
}
