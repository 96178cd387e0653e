package io.riacho.auth.webidentity;

import io.riacho.auth.database.AuthDatabase;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The providers that were added by IAM's {@code CreateOpenIDConnectProvider}. Reached by TLS at public addresses only. */
public final class IamProviders implements OidcProviders {

    private static final String SCHEME = "https://";

    private final JdbcClient jdbc;
    private final String accountId;

    public IamProviders(JdbcClient jdbc, String accountId) {
        this.jdbc = jdbc;
        this.accountId = accountId;
    }

    @Override
    public Optional<OidcProvider> find(String issuer) {
        if (!issuer.startsWith(SCHEME) || !AuthDatabase.canHold(issuer)) {
            return Optional.empty();
        }
        return jdbc.sql("select client_ids from auth.oidc_provider where url in (?, ?)")
                .params(issuer, OidcProvider.nameOf(issuer))
                .query((row, _) -> new OidcProvider(
                        OidcProvider.arnOf(accountId, issuer),
                        issuer,
                        Set.of((String[]) row.getArray("client_ids").getArray()),
                        false))
                .optional();
    }
}
