package io.riacho.auth.iam.entity;

import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.identity.EntityKind;
import io.riacho.auth.identity.IamArns;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Users, groups and roles in the database, and who is in which group. */
public final class EntityStore {

    private static final String SELECT = """
            select i.*, b.aws_managed as boundary_of_aws, b.path as boundary_path, b.name as boundary_name
            from auth.identity i left join auth.managed_policy b on b.id = i.boundary_id
            """;

    private final JdbcClient jdbc;
    private final IamArns arns;

    public EntityStore(JdbcClient jdbc, IamArns arns) {
        this.jdbc = jdbc;
        this.arns = arns;
    }

    public Optional<Entity> find(EntityKind kind, String name) {
        return find(kind, name, "");
    }

    /** @throws io.riacho.protocol.AwsException NoSuchEntity */
    public Entity require(EntityKind kind, String name) {
        return find(kind, name).orElseThrow(() -> IamErrors.noSuch(kind, name));
    }

    /**
     * Lets nobody else change what belongs to it until the transaction ends.
     *
     * @throws io.riacho.protocol.AwsException NoSuchEntity
     */
    public Entity lock(EntityKind kind, String name) {
        return find(kind, name, " for update of i").orElseThrow(() -> IamErrors.noSuch(kind, name));
    }

    public Optional<Entity> byId(String id) {
        return jdbc.sql(SELECT + " where i.id = :id")
                .param("id", id)
                .query(this::entity)
                .optional();
    }

    private Optional<Entity> find(EntityKind kind, String name, String lock) {
        return jdbc.sql(SELECT + " where i.kind = :kind and i.name = :name" + lock)
                .param("kind", kind.word())
                .param("name", name)
                .query(this::entity)
                .optional();
    }

    public List<Entity> list(EntityKind kind, @Nullable String pathPrefix, Page.Request page) {
        return jdbc.sql(SELECT + """
                        where i.kind = :kind and starts_with(i.path, :prefix) and i.name > :after collate "C"
                        order by i.name collate "C" limit :limit
                        """)
                .param("kind", kind.word())
                .param("prefix", pathPrefix == null ? "/" : pathPrefix)
                .param("after", page.after())
                .param("limit", page.limit())
                .query(this::entity)
                .list();
    }

    /** Those that a managed policy is attached to, or whose boundary it is, in the order of their ids. */
    public List<Entity> usersOf(String policyId, boolean asBoundary) {
        String condition = asBoundary
                ? " where i.boundary_id = :policy"
                : " where i.id in (select identity_id from auth.attachment where policy_id = :policy)";
        return jdbc.sql(SELECT + condition + " order by i.id collate \"C\"")
                .param("policy", policyId)
                .query(this::entity)
                .list();
    }

    public List<Entity> groupsOf(Entity user) {
        return jdbc.sql(SELECT + """
                        where i.id in (select group_id from auth.membership where user_id = :user)
                        order by i.name collate "C"
                        """)
                .param("user", user.id())
                .query(this::entity)
                .list();
    }

    List<Entity> members(Entity group, Page.Request page) {
        return jdbc.sql(SELECT + """
                        where i.id in (select user_id from auth.membership where group_id = :group)
                          and i.name > :after collate "C"
                        order by i.name collate "C" limit :limit
                        """)
                .param("group", group.id())
                .param("after", page.after())
                .param("limit", page.limit())
                .query(this::entity)
                .list();
    }

    void addMember(Entity user, Entity group) {
        jdbc.sql("insert into auth.membership (user_id, group_id) values (:user, :group) on conflict do nothing")
                .param("user", user.id())
                .param("group", group.id())
                .update();
    }

    boolean removeMember(Entity user, Entity group) {
        return jdbc.sql("delete from auth.membership where user_id = :user and group_id = :group")
                        .param("user", user.id())
                        .param("group", group.id())
                        .update()
                > 0;
    }

    public int count(EntityKind kind) {
        return jdbc.sql("select count(*) from auth.identity where kind = :kind")
                .param("kind", kind.word())
                .query(Integer.class)
                .single();
    }

    void insert(Entity entity, @Nullable String boundaryId) {
        Entity.RoleParts role = entity.role();
        jdbc.sql("""
                insert into auth.identity
                    (id, kind, name, path, created_at, boundary_id, description, trust_policy, max_session_seconds)
                values (:id, :kind, :name, :path, :created, :boundary, :description, :trust, :session)
                """)
                .param("id", entity.id())
                .param("kind", entity.kind().word())
                .param("name", entity.name())
                .param("path", entity.path())
                .param("created", Timestamp.from(entity.createdAt()))
                .param("boundary", boundaryId, Types.VARCHAR)
                .param("description", role == null ? null : role.description(), Types.VARCHAR)
                .param("trust", role == null ? null : role.trustPolicy(), Types.VARCHAR)
                .param("session", role == null ? null : role.maxSessionSeconds(), Types.INTEGER)
                .update();
    }

    void rename(Entity entity, String name, String path) {
        jdbc.sql("update auth.identity set name = :name, path = :path where id = :id")
                .param("name", name)
                .param("path", path)
                .param("id", entity.id())
                .update();
    }

    void updateRole(Entity entity, Entity.RoleParts role) {
        jdbc.sql("update auth.identity set description = :description, trust_policy = :trust,"
                        + " max_session_seconds = :session where id = :id")
                .param("description", role.description(), Types.VARCHAR)
                .param("trust", role.trustPolicy())
                .param("session", role.maxSessionSeconds())
                .param("id", entity.id())
                .update();
    }

    /** @param policyId null for none */
    void setBoundary(Entity entity, @Nullable String policyId) {
        jdbc.sql("update auth.identity set boundary_id = :policy where id = :id")
                .param("policy", policyId, Types.VARCHAR)
                .param("id", entity.id())
                .update();
    }

    /** What has to go before the entity may be deleted. */
    Leftovers leftovers(Entity entity) {
        return jdbc.sql("""
                select exists (select from auth.access_key where user_id = :id) as keys,
                       exists (select from auth.login_profile where user_id = :id) as login,
                       exists (select from auth.inline_policy where identity_id = :id) as inline,
                       exists (select from auth.attachment where identity_id = :id) as attached,
                       exists (select from auth.membership where user_id = :id) as groups,
                       exists (select from auth.membership where group_id = :id) as members
                """)
                .param("id", entity.id())
                .query((row, _) -> new Leftovers(
                        row.getBoolean("keys"),
                        row.getBoolean("login"),
                        row.getBoolean("inline"),
                        row.getBoolean("attached"),
                        row.getBoolean("groups"),
                        row.getBoolean("members")))
                .single();
    }

    void delete(Entity entity) {
        jdbc.sql("delete from auth.identity where id = :id")
                .param("id", entity.id())
                .update();
    }

    private Entity entity(ResultSet row, int number) throws SQLException {
        EntityKind kind = EntityKind.valueOf(row.getString("kind").toUpperCase(Locale.ROOT));
        String name = row.getString("name");
        String path = row.getString("path");
        String boundary = row.getString("boundary_name");
        return new Entity(
                row.getString("id"),
                kind,
                name,
                path,
                arns.of(kind, path, name),
                row.getTimestamp("created_at").toInstant(),
                boundary == null
                        ? null
                        : arns.ofPolicy(row.getBoolean("boundary_of_aws"), row.getString("boundary_path"), boundary),
                kind != EntityKind.ROLE
                        ? null
                        : new Entity.RoleParts(
                                row.getString("description"),
                                row.getString("trust_policy"),
                                row.getInt("max_session_seconds")));
    }

    /** What belongs to an entity. */
    record Leftovers(boolean keys, boolean login, boolean inline, boolean attached, boolean groups, boolean members) {

        /** @throws io.riacho.protocol.AwsException DeleteConflict where there is any */
        void requireNone() {
            String first = keys
                    ? "delete access keys"
                    : login
                            ? "delete login profile"
                            : members || groups
                                    ? "remove users from group"
                                    : attached ? "detach all policies" : inline ? "delete policies" : null;
            if (first != null) {
                throw IamErrors.deleteConflict("Cannot delete entity, must " + first + " first.");
            }
        }
    }
}
