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
import io.riacho.protocol.server.ProtocolProperties;
import java.time.InstantSource;
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
        String issuer =
                properties.issuer() != null ? properties.issuer().toString() : OwnIssuer.of(environment::getProperty);
        return new OAuthSettings(
                issuer,
                properties.audience(),
                properties.accessTokenLifetime(),
                properties.refreshTokenLifetime(),
                properties.rootSignIn());
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
}
