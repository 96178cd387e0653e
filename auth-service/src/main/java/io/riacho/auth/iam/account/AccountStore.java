package io.riacho.auth.iam.account;

import java.time.Instant;
import org.springframework.jdbc.core.simple.JdbcClient;

/** How much there is of everything. */
public final class AccountStore {

    private final JdbcClient jdbc;

    public AccountStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    Counts counts() {
        return jdbc.sql("""
                select count(*) filter (where kind = 'user') as users,
                       count(*) filter (where kind = 'group') as groups,
                       count(*) filter (where kind = 'role') as roles,
                       (select count(*) from auth.managed_policy where not aws_managed) as policies,
                       (select count(*) from auth.policy_version v join auth.managed_policy p on p.id = v.policy_id
                            where not p.aws_managed) as versions,
                       (select count(*) from auth.oidc_provider) as providers
                from auth.identity
                """)
                .query((row, _) -> new Counts(
                        row.getInt("users"),
                        row.getInt("groups"),
                        row.getInt("roles"),
                        row.getInt("policies"),
                        row.getInt("versions"),
                        row.getInt("providers")))
                .single();
    }

    /** When these tables were made, which is since when the account is there. */
    public Instant madeAt() {
        return jdbc.sql("select min(installed_on) as made from auth.flyway_schema_history")
                .query((row, _) -> row.getTimestamp("made").toInstant())
                .single();
    }

    record Counts(int users, int groups, int roles, int policies, int versions, int providers) {}
}
