package io.riacho.protocol.authority;

import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.role.ServiceRoles;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Asks the auth-service at {@code riacho.authority.url}, where that is set. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnProperty("riacho.authority.url")
@EnableConfigurationProperties(AuthorityProperties.class)
public class AuthorityConfiguration {

    @Bean
    AuthorityClient authorityClient(AuthorityProperties properties) {
        return new AuthorityClient(properties);
    }

    /** One for both, so that a document that both meet is compiled once. */
    @Bean
    CallerJson callerJson() {
        return new CallerJson();
    }

    @Bean
    AuthorityChanges authorityChanges(AuthorityClient client) {
        return AuthorityChanges.heardBy(client);
    }

    @Bean
    SigningKeys remoteSigningKeys(AuthorityClient client, CallerJson callers, AuthorityChanges changes) {
        return new RemoteSigningKeys(client, callers, changes);
    }

    @Bean
    BearerTokens remoteBearerTokens(AuthorityClient client, CallerJson callers, AuthorityChanges changes) {
        return new RemoteBearerTokens(client, callers, changes);
    }

    @Bean
    KeyService remoteKeyService(AuthorityClient client) {
        return new RemoteKeyService(client);
    }

    @Bean
    ServiceRoles remoteServiceRoles(AuthorityClient client) {
        return new RemoteServiceRoles(client);
    }
}
