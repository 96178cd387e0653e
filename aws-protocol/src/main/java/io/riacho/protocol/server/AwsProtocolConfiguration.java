package io.riacho.protocol.server;

import io.riacho.protocol.Authorizer;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.BearerTokens;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.audit.AuditConfiguration;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.authorization.PolicyAuthorizer;
import io.riacho.protocol.bearer.BearerAuthenticator;
import io.riacho.protocol.endpoint.EndpointConfiguration;
import io.riacho.protocol.signature.Authenticator;
import io.riacho.protocol.signature.SignatureAuthenticator;
import io.riacho.protocol.tls.ConnectorTuning;
import io.riacho.protocol.tls.TlsConfiguration;
import io.riacho.tracing.Tracing;
import io.riacho.tracing.TracingConfiguration;
import java.time.Clock;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.tomcat.ConfigurableTomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.servlet.ServletRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.core.annotation.Order;

/**
 * Serves every {@link AwsApi} bean at the path {@code /} and below {@code /service}; all other paths are left to others. Needs one
 * {@link SigningKeys} bean; takes bearer tokens where there is a {@link BearerTokens} bean. More
 * {@link Authenticator} beans may be added.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(ProtocolProperties.class)
@Import({AuditConfiguration.class, TlsConfiguration.class, EndpointConfiguration.class, TracingConfiguration.class})
public class AwsProtocolConfiguration {

    @Bean
    OperationTable operationTable(List<AwsApi> apis) {
        return new OperationTable(apis);
    }

    @Bean
    @Order(0)
    Authenticator signatureAuthenticator(
            SigningKeys keys, ProtocolProperties properties, OperationTable operations, ObjectProvider<Clock> clock) {
        return new SignatureAuthenticator(
                keys, properties.region(), operations.globalServices(), clock.getIfAvailable(Clock::systemUTC));
    }

    @Bean
    @Order(1)
    Authenticator bearerAuthenticator(ObjectProvider<BearerTokens> tokens) {
        return new BearerAuthenticator(tokens.getIfAvailable(() -> _ -> Optional.empty()));
    }

    @Bean
    Authorizer authorizer(AuditLog audit, ObjectProvider<InstantSource> clock) {
        return new PolicyAuthorizer(audit, clock.getIfAvailable(InstantSource::system));
    }

    @Bean
    BodyMemory bodyMemory(ProtocolProperties properties) {
        return new BodyMemory(
                properties.protocol().bodyMemoryBytes(), properties.protocol().bodyPatience());
    }

    @Bean
    BodyMemoryTrimmer bodyMemoryTrimmer(BodyMemory memory) {
        return new BodyMemoryTrimmer(memory);
    }

    @Bean
    ServletRegistrationBean<AwsServlet> awsServlet(
            OperationTable operations,
            Authentication authentication,
            Authorizer authorizer,
            AuditLog audit,
            BodyMemory memory,
            ProtocolProperties properties,
            Tracing tracing) {
        AwsDispatcher dispatcher = new AwsDispatcher(
                authentication,
                new BodyReader(memory, properties.protocol().maxBodyBytes()),
                authorizer,
                audit,
                properties.region(),
                tracing);
        var registration = new ServletRegistrationBean<>(
                new AwsServlet(new Protocols(operations), dispatcher, tracing), "", RpcCall.PATHS);
        registration.setName("aws");
        registration.setLoadOnStartup(1);
        return registration;
    }

    @Bean
    Authentication authentication(List<Authenticator> authenticators, AuditLog audit) {
        return new Authentication(authenticators, audit);
    }

    /** For endpoints that are not AWS's wire. */
    @Bean
    RequestAuthentication requestAuthentication(
            Authentication authentication, Authorizer authorizer, BodyMemory memory, ProtocolProperties properties) {
        BodyReader bodies = new BodyReader(memory, properties.protocol().maxBodyBytes());
        return new RequestAuthentication(authentication, bodies, authorizer, properties.region());
    }

    @Bean
    OperationCalls operationCalls(OperationTable operations, AuditLog audit) {
        return new OperationCalls(operations, audit);
    }

    /** Spring Boot applies it to the server's own listener; the others ask for it. */
    @Bean
    ConnectorTuning connectorTuning(ProtocolProperties properties) {
        return new TomcatTuning(properties.protocol().maxBodyBytes())::customize;
    }

    @Bean
    WebServerFactoryCustomizer<ConfigurableTomcatWebServerFactory> awsTomcat(ConnectorTuning tuning) {
        return factory -> factory.addConnectorCustomizers(tuning::tune);
    }
}
