package io.riacho.auth.oauth;

import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.LoadingCache;
import io.riacho.auth.database.AuthDatabase;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Clients in the database. What is remembered of them is at most two seconds old. */
final class ClientStore {

    private static final String COLUMNS =
            "id, name, principal_arn, principal_id, secret_hash, redirect_uris, created_at";

    private final JdbcClient jdbc;
    private final LoadingCache<String, Optional<Stored>> remembered = Caffeine.newBuilder()
            .maximumSize(10_000)
            .expireAfterWrite(Duration.ofSeconds(2))
            .build(this::read);

    ClientStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** A client with the hash of its secret. */
    record Stored(OAuthClient client, @Nullable String secretHash) {

        @Override
        public String toString() {
            return client.toString();
        }
    }

    Optional<Stored> find(String id) {
        return AuthDatabase.canHold(id) ? remembered.get(id) : Optional.empty();
    }

    Optional<OAuthClient> named(String name) {
        if (!AuthDatabase.canHold(name)) {
            return Optional.empty();
        }
        return jdbc.sql("select " + COLUMNS + " from auth.oauth_client where name = ?")
                .param(name)
                .query((row, _) -> stored(row).client())
                .optional();
    }

    List<OAuthClient> after(String name, int most) {
        return jdbc.sql("select " + COLUMNS + " from auth.oauth_client where name > ? order by name limit ?")
                .params(name, most)
                .query((row, _) -> stored(row).client())
                .list();
    }

    /** @throws org.springframework.dao.DuplicateKeyException where there is one of that name */
    void add(OAuthClient client, @Nullable String secretHash) {
        jdbc.sql("insert into auth.oauth_client (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)")
                .param(client.id())
                .param(client.name())
                .param(client.principalArn())
                .param(client.principalId())
                .param(secretHash)
                .param(client.redirectUris().toArray(String[]::new))
                .param(OffsetDateTime.ofInstant(client.createdAt(), ZoneOffset.UTC))
                .update();
        remembered.invalidate(client.id());
    }

    /**
     * Adds the client or, where there is one of that id, replaces who it acts as and its secret.
     *
     * @throws org.springframework.dao.DuplicateKeyException where there is another one of that name
     */
    void keep(OAuthClient client, String secretHash) {
        jdbc.sql("insert into auth.oauth_client (" + COLUMNS + ") values (?, ?, ?, ?, ?, ?, ?)"
                        + " on conflict (id) do update set principal_arn = excluded.principal_arn,"
                        + " principal_id = excluded.principal_id, secret_hash = excluded.secret_hash")
                .param(client.id())
                .param(client.name())
                .param(client.principalArn())
                .param(client.principalId())
                .param(secretHash)
                .param(client.redirectUris().toArray(String[]::new))
                .param(OffsetDateTime.ofInstant(client.createdAt(), ZoneOffset.UTC))
                .update();
        remembered.invalidate(client.id());
    }

    /** Adds a client without a secret, or gives the one of this id these redirect URIs. */
    void putPublic(OAuthClient client) {
        jdbc.sql("insert into auth.oauth_client (" + COLUMNS + ") values (?, ?, null, null, null, ?, ?)"
                        + " on conflict (id) do update set redirect_uris = excluded.redirect_uris")
                .param(client.id())
                .param(client.name())
                .param(client.redirectUris().toArray(String[]::new))
                .param(OffsetDateTime.ofInstant(client.createdAt(), ZoneOffset.UTC))
                .update();
        remembered.invalidate(client.id());
    }

    boolean replaceSecret(String id, String secretHash) {
        int changed = jdbc.sql("update auth.oauth_client set secret_hash = ? where id = ? and secret_hash is not null")
                .params(secretHash, id)
                .update();
        remembered.invalidate(id);
        return changed == 1;
    }

    boolean remove(String id) {
        int removed =
                jdbc.sql("delete from auth.oauth_client where id = ?").param(id).update();
        remembered.invalidate(id);
        return removed == 1;
    }

    private Optional<Stored> read(String id) {
        return jdbc.sql("select " + COLUMNS + " from auth.oauth_client where id = ?")
                .param(id)
                .query((row, _) -> stored(row))
                .optional();
    }

    private static Stored stored(ResultSet row) throws SQLException {
        String secretHash = row.getString("secret_hash");
        Array uris = row.getArray("redirect_uris");
        return new Stored(
                new OAuthClient(
                        row.getString("id"),
                        row.getString("name"),
                        row.getString("principal_arn"),
                        row.getString("principal_id"),
                        secretHash == null,
                        List.of((String[]) uris.getArray()),
                        row.getObject("created_at", OffsetDateTime.class).toInstant()),
                secretHash);
    }
}
