package io.riacho.auth;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.limit.AttemptLimits;
import io.riacho.auth.oauth.OAuthConfiguration;
import io.riacho.auth.oauth.OAuthSettings;
import io.riacho.auth.root.RootKey;
import io.riacho.auth.rotation.RotatingKeys;
import io.riacho.auth.session.SessionCallers;
import io.riacho.auth.session.SessionRevocations;
import io.riacho.auth.session.Sessions;
import io.riacho.auth.sts.AssumeRoleOperations;
import io.riacho.auth.sts.CallerOperations;
import io.riacho.auth.sts.TokenOperations;
import io.riacho.auth.sts.WebIdentityOperations;
import io.riacho.auth.webidentity.ConfiguredProviders;
import io.riacho.auth.webidentity.OidcProvider;
import io.riacho.auth.webidentity.OidcProviders;
import io.riacho.auth.webidentity.OwnTokens;
import io.riacho.auth.webidentity.WebIdentities;
import io.riacho.protocol.Authorizer;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.server.ProtocolProperties;
import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** Sessions and tokens, wired. Needs an {@link Identities} bean. */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TokenProperties.class)
@Import(OAuthConfiguration.class)
class TokenConfiguration {

    private final InstantSource clock;

    TokenConfiguration(ObjectProvider<InstantSource> clock) {
        this.clock = clock.getIfAvailable(InstantSource::system);
    }

    @Bean
    OAuthSettings oauthSettings(TokenProperties properties, Environment environment) {
        String issuer = properties.issuer() != null
                ? properties.issuer().toString()
                : "http://" + environment.getProperty("server.address", "127.0.0.1") + ":"
                        + environment.getProperty("server.port", "4570");
        return new OAuthSettings(
                issuer,
                properties.audience(),
                properties.accessTokenLifetime(),
                properties.refreshTokenLifetime());
    }

    @Bean
    AttemptLimits attemptLimits() {
        return AttemptLimits.standard();
    }

    @Bean
    SessionRevocations sessionRevocations(JdbcClient jdbc) {
        return new SessionRevocations(jdbc);
    }

    @Bean
    Sessions sessions(
            Identities identities,
            SessionRevocations revocations,
            JdbcClient jdbc,
            TransactionTemplate transactions,
            RootKey rootKey,
            ProtocolProperties protocol) {
        return new Sessions(
                new RotatingKeys<>(Sessions.sealKeys(), jdbc, transactions, rootKey, clock),
                new SessionCallers(identities, protocol.accountId()),
                revocations,
                clock);
    }

    @Bean
    WebIdentities webIdentities(
            TokenProperties properties,
            OwnTokens ownTokens,
            ObjectProvider<OidcProviders> iamProviders,
            ProtocolProperties protocol) {
        return new WebIdentities(
                new ConfiguredProviders(
                        properties.oidcIssuers().stream()
                                .map(issuer -> new OidcProvider(
                                        OidcProvider.arnOf(
                                                protocol.accountId(),
                                                issuer.issuer().toString()),
                                        issuer.issuer().toString(),
                                        Set.copyOf(issuer.audiences()),
                                        true))
                                .toList(),
                        iamProviders.getIfAvailable(() -> _ -> Optional.empty())),
                ownTokens,
                clock);
    }

    /** Each operation decides for itself: what a role's trust policy says depends on more than the request. */
    @Bean
    AwsApi stsApi(
            Identities identities,
            Sessions sessions,
            WebIdentities webIdentities,
            Authorizer authorizer,
            AttemptLimits limits,
            ProtocolProperties protocol) {
        String accountId = protocol.accountId();
        return AwsApi.of(
                        "sts",
                        (_, _, _) -> {},
                        new CallerOperations(identities),
                        new TokenOperations(identities, sessions, clock),
                        new AssumeRoleOperations(identities, sessions, accountId, clock),
                        new WebIdentityOperations(
                                identities,
                                sessions,
                                webIdentities,
                                authorizer,
                                limits.unsignedPerAddress(),
                                accountId,
                                clock))
                .withUnsigned("AssumeRoleWithWebIdentity");
    }
}
