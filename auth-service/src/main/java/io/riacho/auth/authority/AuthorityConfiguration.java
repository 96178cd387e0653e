package io.riacho.auth.authority;

import io.riacho.auth.database.AuthDatabase;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.key.KeyService;
import io.riacho.protocol.rest.RestApi;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.server.ProtocolProperties;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What other services ask of this one, wired. */
@Configuration(proxyBeanMethods = false)
public class AuthorityConfiguration {

    /** @param isCertified whether services have to show a client certificate, besides their credentials */
    @Bean
    RestApi authorityApi(@Value("${riacho.auth.authority.client-certificate:false}") boolean isCertified) {
        RestApi api = RestApi.of("riacho", "/v1/authority");
        return isCertified ? api.withClientCertificate() : api;
    }

    @Bean
    ChangeFeed changeFeed(AuthDatabase database) {
        return new ChangeFeed(database);
    }

    @Bean
    AuthorityEndpoints authorityEndpoints(
            SigningKeys signingKeys,
            BearerTokens bearerTokens,
            KeyService keys,
            ServiceRoles roles,
            ChangeFeed changeFeed,
            ProtocolProperties protocol) {
        String arn = "arn:aws:riacho:" + protocol.region() + ":" + protocol.accountId() + ":authority";
        return new AuthorityEndpoints(signingKeys, bearerTokens, keys, roles, changeFeed, arn);
    }
}
