package io.riacho.auth;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.limit.AttemptLimits;
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
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** The Security Token Service, wired. */
@Configuration(proxyBeanMethods = false)
class StsConfiguration {

    private final InstantSource clock;

    StsConfiguration(ObjectProvider<InstantSource> clock) {
        this.clock = clock.getIfAvailable(InstantSource::system);
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
