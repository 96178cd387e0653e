package io.riacho.auth.kms.grant;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** The grants in the database. */
final class GrantStore {

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final TypeReference<Map<String, String>> CONTEXT = new TypeReference<>() {};
    private static final int MAX_CONSIDERED = 1000;

    private final JdbcClient jdbc;

    GrantStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    void insert(Grant grant) {
        Grant.Terms terms = grant.terms();
        ContextRule rule = terms.rule();
        jdbc.sql("""
                        insert into auth.kms_grant
                          (id, key_id, name, grantee, retiring, issuing_account, operations, context_rule, context, created_at)
                        values (:id, :keyId, :name, :grantee, :retiring, :account, :operations, :rule, :context::jsonb, :at)""")
                .param("id", grant.id())
                .param("keyId", grant.keyId())
                .param("name", terms.name())
                .param("grantee", terms.grantee())
                .param("retiring", terms.retiring())
                .param("account", grant.issuingAccount())
                .param("operations", terms.operationNames().toArray(String[]::new))
                .param("rule", rule == null ? null : rule.isExact() ? "EQUALS" : "SUBSET")
                .param("context", rule == null ? null : JSON.writeValueAsString(rule.pairs()))
                .param("at", grant.createdAt().atOffset(ZoneOffset.UTC))
                .update();
    }

    Optional<Grant> find(String id) {
        return jdbc.sql("select * from auth.kms_grant where id = :id")
                .param("id", id)
                .query((row, _) -> read(row))
                .optional();
    }

    List<Grant> named(UUID keyId, String name) {
        return jdbc.sql("select * from auth.kms_grant where key_id = :keyId and name = :name order by id limit 1000")
                .param("keyId", keyId)
                .param("name", name)
                .query((row, _) -> read(row))
                .list();
    }

    /** Those that let one of the principals do it, whatever the context. */
    List<Grant> of(UUID keyId, Collection<String> principals, GrantOperation operation) {
        return jdbc.sql("""
                        select * from auth.kms_grant
                        where key_id = :keyId and grantee in (:principals) and :operation = any(operations)
                        order by id limit :limit""")
                .param("keyId", keyId)
                .param("principals", principals)
                .param("operation", operation.wireName())
                .param("limit", MAX_CONSIDERED)
                .query((row, _) -> read(row))
                .list();
    }

    /** Those that let somebody do one of these, whatever the context. */
    List<Grant> of(UUID keyId, Collection<GrantOperation> operations) {
        return jdbc.sql("""
                        select * from auth.kms_grant where key_id = :keyId and operations && :operations::text[]
                        order by id limit :limit""")
                .param("keyId", keyId)
                .param(
                        "operations",
                        operations.stream().map(GrantOperation::wireName).toArray(String[]::new))
                .param("limit", MAX_CONSIDERED)
                .query((row, _) -> read(row))
                .list();
    }

    /** Grants on a key, in the order of their ids, behind the one given. */
    List<Grant> list(UUID keyId, @Nullable String grantee, String after, int limit) {
        return jdbc.sql("""
                        select * from auth.kms_grant
                        where key_id = :keyId and id > :after and (:grantee::text is null or grantee = :grantee::text)
                        order by id limit :limit""")
                .param("keyId", keyId)
                .param("grantee", grantee)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    /** Grants on all keys that the principal may end. */
    List<Grant> retirable(String principal, String after, int limit) {
        return jdbc.sql("""
                        select * from auth.kms_grant where retiring = :principal and id > :after
                        order by id limit :limit""")
                .param("principal", principal)
                .param("after", after)
                .param("limit", limit)
                .query((row, _) -> read(row))
                .list();
    }

    long count(UUID keyId) {
        return jdbc.sql("select count(*) from auth.kms_grant where key_id = :keyId")
                .param("keyId", keyId)
                .query(Long.class)
                .single();
    }

    boolean delete(UUID keyId, String id) {
        return jdbc.sql("delete from auth.kms_grant where key_id = :keyId and id = :id")
                        .param("keyId", keyId)
                        .param("id", id)
                        .update()
                == 1;
    }

    private static Grant read(ResultSet row) throws SQLException {
        String rule = row.getString("context_rule");
        String[] operations = (String[]) row.getArray("operations").getArray();
        return new Grant(
                row.getString("id"),
                row.getObject("key_id", UUID.class),
                row.getString("issuing_account"),
                row.getTimestamp("created_at").toInstant(),
                new Grant.Terms(
                        row.getString("name"),
                        row.getString("grantee"),
                        row.getString("retiring"),
                        Arrays.stream(operations)
                                .map(name -> GrantOperation.named(name).orElseThrow())
                                .collect(Collectors.toSet()),
                        rule == null
                                ? null
                                : new ContextRule(
                                        rule.equals("EQUALS"), JSON.readValue(row.getString("context"), CONTEXT))));
    }
}
