package io.riacho.auth;

import io.riacho.auth.credentials.CredentialsController;
import io.riacho.auth.credentials.RevocationController;
import io.riacho.auth.identity.Identities;
import io.riacho.auth.limit.AttemptLimits;
import io.riacho.auth.session.SessionRevocations;
import io.riacho.auth.session.Sessions;
import io.riacho.auth.sts.AssumeRoleOperations;
import io.riacho.auth.sts.CallerOperations;
import io.riacho.auth.sts.ServiceRoleSessions;
import io.riacho.auth.sts.TokenOperations;
import io.riacho.auth.sts.WebIdentityOperations;
import io.riacho.auth.webidentity.ConfiguredProviders;
import io.riacho.auth.webidentity.IamProviders;
import io.riacho.auth.webidentity.OidcProvider;
import io.riacho.auth.webidentity.OwnTokens;
import io.riacho.auth.webidentity.WebIdentities;
import io.riacho.protocol.Authorizer;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.rest.RestApi;
import io.riacho.protocol.role.ServiceRoles;
import io.riacho.protocol.server.ProtocolProperties;
import java.time.InstantSource;
import java.util.Set;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.jdbc.core.simple.JdbcClient;

/** The Security Token Service, wired. */
@Configuration(proxyBeanMethods = false)
class StsConfiguration {

    private final InstantSource clock;

    StsConfiguration(ObjectProvider<InstantSource> clock) {
        this.clock = clock.getIfAvailable(InstantSource::system);
    }

    @Bean
    WebIdentities webIdentities(
            TokenProperties properties, OwnTokens ownTokens, JdbcClient jdbc, ProtocolProperties protocol) {
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
                        new IamProviders(jdbc, protocol.accountId())),
                ownTokens,
                clock);
    }

    @Bean
    AssumeRoleOperations assumeRole(Identities identities, Sessions sessions, ProtocolProperties protocol) {
        return new AssumeRoleOperations(identities, sessions, protocol.accountId(), clock);
    }

    @Bean
    ServiceRoles serviceRoles(
            Identities identities,
            Sessions sessions,
            Authorizer authorizer,
            AuditLog audit,
            ProtocolProperties protocol) {
        return new ServiceRoleSessions(
                identities, sessions, authorizer, audit, protocol.accountId(), protocol.region(), clock);
    }

    @Bean
    RestApi credentialsApi() {
        return RestApi.open("/v1/credentials");
    }

    @Bean
    RestApi revocationsApi() {
        return RestApi.of("riacho", "/v1/session-revocations");
    }

    @Bean
    CredentialsController credentialsController(
            BearerTokens tokens,
            Identities identities,
            AssumeRoleOperations assumeRole,
            Authorizer authorizer,
            AttemptLimits limits,
            ProtocolProperties protocol) {
        return new CredentialsController(
                tokens, identities, assumeRole, authorizer, limits.unsignedPerAddress(), protocol);
    }

    @Bean
    RevocationController revocationController(SessionRevocations revocations, Identities identities) {
        return new RevocationController(revocations, identities, clock);
    }

    /** Each operation decides for itself: what a role's trust policy says depends on more than the request. */
    @Bean
    AwsApi stsApi(
            Identities identities,
            Sessions sessions,
            WebIdentities webIdentities,
            AssumeRoleOperations assumeRole,
            Authorizer authorizer,
            AttemptLimits limits,
            ProtocolProperties protocol) {
        String accountId = protocol.accountId();
        return AwsApi.of(
                        "sts",
                        (_, _, _) -> {},
                        new CallerOperations(identities),
                        new TokenOperations(identities, sessions, clock),
                        assumeRole,
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
