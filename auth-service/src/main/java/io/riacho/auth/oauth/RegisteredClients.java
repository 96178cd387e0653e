package io.riacho.auth.oauth;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.security.oauth2.core.AuthorizationGrantType;
import org.springframework.security.oauth2.core.ClientAuthenticationMethod;
import org.springframework.security.oauth2.core.oidc.OidcScopes;
import org.springframework.security.oauth2.jose.jws.SignatureAlgorithm;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClient;
import org.springframework.security.oauth2.server.authorization.client.RegisteredClientRepository;
import org.springframework.security.oauth2.server.authorization.settings.ClientSettings;
import org.springframework.security.oauth2.server.authorization.settings.TokenSettings;

/** Clients as Spring's authorization server sees them: PKCE is a must, refresh tokens are good once. */
final class RegisteredClients implements RegisteredClientRepository {

    /** RFC 6749, section 4.1.2 recommends ten minutes at most; a browser needs seconds. */
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(1);

    private final ClientStore clients;
    private final OAuthSettings settings;

    RegisteredClients(ClientStore clients, OAuthSettings settings) {
        this.clients = clients;
        this.settings = settings;
    }

    @Override
    public void save(RegisteredClient client) {
        throw new UnsupportedOperationException("Clients are made by the API for them");
    }

    @Override
    public @Nullable RegisteredClient findById(String id) {
        return clients.find(id).map(this::registered).orElse(null);
    }

    @Override
    public @Nullable RegisteredClient findByClientId(String id) {
        return findById(id);
    }

    private RegisteredClient registered(ClientStore.Stored stored) {
        OAuthClient client = stored.client();
        RegisteredClient.Builder builder = RegisteredClient.withId(client.id())
                .clientId(client.id())
                .clientName(client.name())
                .clientIdIssuedAt(client.createdAt())
                .clientSettings(ClientSettings.builder()
                        .requireProofKey(true)
                        .requireAuthorizationConsent(false)
                        .build())
                .tokenSettings(TokenSettings.builder()
                        .authorizationCodeTimeToLive(CODE_LIFETIME)
                        .accessTokenTimeToLive(settings.accessTokenLifetime())
                        .refreshTokenTimeToLive(settings.refreshTokenLifetime())
                        .reuseRefreshTokens(false)
                        .idTokenSignatureAlgorithm(SignatureAlgorithm.ES256)
                        .build());
        if (stored.secretHash() == null) {
            builder.clientAuthenticationMethod(ClientAuthenticationMethod.NONE);
        } else {
            builder.clientSecret(stored.secretHash())
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_BASIC)
                    .clientAuthenticationMethod(ClientAuthenticationMethod.CLIENT_SECRET_POST);
        }
        if (client.principalArn() != null) {
            builder.authorizationGrantType(AuthorizationGrantType.CLIENT_CREDENTIALS);
        }
        if (!client.redirectUris().isEmpty()) {
            builder.authorizationGrantType(AuthorizationGrantType.AUTHORIZATION_CODE)
                    .authorizationGrantType(AuthorizationGrantType.REFRESH_TOKEN)
                    .scope(OidcScopes.OPENID)
                    .redirectUris(uris -> uris.addAll(client.redirectUris()));
        }
        return builder.build();
    }
}
