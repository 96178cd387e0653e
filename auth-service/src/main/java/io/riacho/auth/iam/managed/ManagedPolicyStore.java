package io.riacho.auth.iam.managed;

import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.identity.IamArns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Managed policies in the database. */
public final class ManagedPolicyStore {

    private static final String COLUMNS = """
            p.*,
            (select count(*) from auth.attachment a where a.policy_id = p.id) as attachments,
            (select count(*) from auth.identity i where i.boundary_id = p.id) as boundaries
            """;

    private final JdbcClient jdbc;
    private final IamArns arns;

    public ManagedPolicyStore(JdbcClient jdbc, IamArns arns) {
        this.jdbc = jdbc;
        this.arns = arns;
    }

    public Optional<ManagedPolicy> find(String arn) {
        return find(arn, "");
    }

    /** @throws io.riacho.protocol.AwsException NoSuchEntity */
    public ManagedPolicy require(String arn) {
        return find(arn).orElseThrow(() -> IamErrors.noSuchPolicy(arn));
    }

    /**
     * Keeps the policy from being changed or deleted until the transaction ends.
     *
     * @throws io.riacho.protocol.AwsException NoSuchEntity
     */
    public ManagedPolicy requireToAttach(String arn) {
        return find(arn, " for share of p").orElseThrow(() -> IamErrors.notAttachable(arn));
    }

    /**
     * Lets nobody else change it until the transaction ends.
     *
     * @throws io.riacho.protocol.AwsException NoSuchEntity, or AccessDenied where it is AWS's
     */
    public ManagedPolicy requireToChange(String arn) {
        ManagedPolicy policy = find(arn, " for update of p").orElseThrow(() -> IamErrors.noSuchPolicy(arn));
        if (policy.awsManaged()) {
            throw ManagedPolicyOperations.ofAws(arn);
        }
        return policy;
    }

    private Optional<ManagedPolicy> find(String arn, String lock) {
        return arns.policy(arn)
                .flatMap(name -> jdbc.sql("select " + COLUMNS + " from auth.managed_policy p where p.aws_managed = :aws"
                                + " and p.path = :path and p.name = :name" + lock)
                        .param("aws", name.awsManaged())
                        .param("path", name.path())
                        .param("name", name.name())
                        .query(this::policy)
                        .optional());
    }

    /**
     * @param awsManaged null for all
     * @param usage as boundary (true), as permissions policy (false); null for both and unused ones
     */
    List<ManagedPolicy> list(
            @Nullable Boolean awsManaged,
            boolean onlyAttached,
            @Nullable Boolean usage,
            String pathPrefix,
            Page.Request page) {
        return jdbc.sql("select * from (select " + COLUMNS + """
                        from auth.managed_policy p
                        where (cast(:aws as boolean) is null or p.aws_managed = :aws)
                          and starts_with(p.path, :prefix)
                          and p.name || '/' || p.id > :after collate "C") p
                        where (not :attached or attachments + boundaries > 0)
                          and (cast(:usage as boolean) is null
                               or (:usage and boundaries > 0) or (not :usage and attachments > 0))
                        order by p.name || '/' || p.id collate "C" limit :limit
                        """)
                .param("aws", awsManaged, java.sql.Types.BOOLEAN)
                .param("prefix", pathPrefix)
                .param("after", page.after())
                .param("attached", onlyAttached)
                .param("usage", usage, java.sql.Types.BOOLEAN)
                .param("limit", page.limit())
                .query(this::policy)
                .list();
    }

    public List<ManagedPolicy> all() {
        return list(null, false, null, "/", new Page.Request("", Integer.MAX_VALUE - 1));
    }

    int count() {
        return jdbc.sql("select count(*) from auth.managed_policy where not aws_managed")
                .query(Integer.class)
                .single();
    }

    void insert(ManagedPolicy policy, String document) {
        jdbc.sql("""
                insert into auth.managed_policy
                    (id, aws_managed, name, path, description, created_at, updated_at, default_version, last_version)
                values (:id, false, :name, :path, :description, :created, :created, 1, 1)
                """)
                .param("id", policy.id())
                .param("name", policy.name())
                .param("path", policy.path())
                .param("description", policy.description(), java.sql.Types.VARCHAR)
                .param("created", Timestamp.from(policy.createdAt()))
                .update();
        insertVersion(policy.id(), new ManagedPolicy.Version(1, document, policy.createdAt()));
    }

    void addVersion(ManagedPolicy policy, ManagedPolicy.Version version, boolean setDefault) {
        insertVersion(policy.id(), version);
        jdbc.sql("update auth.managed_policy set last_version = :version, updated_at = :at where id = :id")
                .param("version", version.number())
                .param("at", Timestamp.from(version.createdAt()))
                .param("id", policy.id())
                .update();
        if (setDefault) {
            setDefault(policy, version.number(), version.createdAt());
        }
    }

    void setDefault(ManagedPolicy policy, int version, Instant at) {
        jdbc.sql("update auth.managed_policy set default_version = :version, updated_at = :at where id = :id")
                .param("version", version)
                .param("at", Timestamp.from(at))
                .param("id", policy.id())
                .update();
    }

    void deleteVersion(ManagedPolicy policy, int version) {
        jdbc.sql("delete from auth.policy_version where policy_id = :id and version = :version")
                .param("id", policy.id())
                .param("version", version)
                .update();
    }

    void delete(ManagedPolicy policy) {
        jdbc.sql("delete from auth.managed_policy where id = :id")
                .param("id", policy.id())
                .update();
    }

    /** From the newest. */
    public List<ManagedPolicy.Version> versions(ManagedPolicy policy) {
        return jdbc.sql("select version, document, created_at from auth.policy_version where policy_id = :id"
                        + " order by version desc")
                .param("id", policy.id())
                .query((row, _) -> new ManagedPolicy.Version(
                        row.getInt("version"),
                        row.getString("document"),
                        row.getTimestamp("created_at").toInstant()))
                .list();
    }

    /** @param id such as {@code v1} */
    Optional<ManagedPolicy.Version> version(ManagedPolicy policy, String id) {
        return versions(policy).stream()
                .filter(version -> version.id().equals(id))
                .findFirst();
    }

    private void insertVersion(String policyId, ManagedPolicy.Version version) {
        jdbc.sql("insert into auth.policy_version (policy_id, version, document, created_at)"
                        + " values (:policy, :version, :document, :created)")
                .param("policy", policyId)
                .param("version", version.number())
                .param("document", version.document())
                .param("created", Timestamp.from(version.createdAt()))
                .update();
    }

    private ManagedPolicy policy(ResultSet row, int number) throws SQLException {
        boolean awsManaged = row.getBoolean("aws_managed");
        String name = row.getString("name");
        String path = row.getString("path");
        return new ManagedPolicy(
                row.getString("id"),
                awsManaged,
                name,
                path,
                arns.ofPolicy(awsManaged, path, name),
                row.getString("description"),
                row.getTimestamp("created_at").toInstant(),
                row.getTimestamp("updated_at").toInstant(),
                row.getInt("default_version"),
                row.getInt("last_version"),
                row.getInt("attachments"),
                row.getInt("boundaries"));
    }
}
