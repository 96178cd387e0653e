package io.riacho.auth.iam.oidc;

import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;

/** OpenID Connect providers in the database. */
public final class OidcStore {

    private final JdbcClient jdbc;

    public OidcStore(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** @param url without its scheme */
    public Optional<OidcProvider> find(String url) {
        return find(url, "");
    }

    Optional<OidcProvider> lock(String url) {
        return find(url, " for update");
    }

    private Optional<OidcProvider> find(String url, String lock) {
        return jdbc.sql("select * from auth.oidc_provider where url = :url" + lock)
                .param("url", url)
                .query(OidcStore::provider)
                .optional();
    }

    public List<OidcProvider> all() {
        return jdbc.sql("select * from auth.oidc_provider order by url collate \"C\"")
                .query(OidcStore::provider)
                .list();
    }

    void insert(OidcProvider provider) {
        jdbc.sql("insert into auth.oidc_provider (url, client_ids, thumbprints, created_at)"
                        + " values (:url, :clients, :thumbprints, :created)")
                .param("url", provider.url())
                .param("clients", provider.clientIds().toArray(String[]::new))
                .param("thumbprints", provider.thumbprints().toArray(String[]::new))
                .param("created", Timestamp.from(provider.createdAt()))
                .update();
    }

    void update(OidcProvider provider) {
        jdbc.sql("update auth.oidc_provider set client_ids = :clients, thumbprints = :thumbprints where url = :url")
                .param("url", provider.url())
                .param("clients", provider.clientIds().toArray(String[]::new))
                .param("thumbprints", provider.thumbprints().toArray(String[]::new))
                .update();
    }

    boolean delete(String url) {
        return jdbc.sql("delete from auth.oidc_provider where url = :url")
                        .param("url", url)
                        .update()
                > 0;
    }

    private static OidcProvider provider(ResultSet row, int number) throws SQLException {
        return new OidcProvider(
                row.getString("url"),
                texts(row.getArray("client_ids")),
                texts(row.getArray("thumbprints")),
                row.getTimestamp("created_at").toInstant());
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
