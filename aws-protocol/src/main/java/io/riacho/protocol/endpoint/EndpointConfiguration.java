package io.riacho.protocol.endpoint;

import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.tls.ConnectorTuning;
import io.riacho.protocol.tls.TlsConnectors;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.bind.BindHandler;
import org.springframework.boot.context.properties.bind.Bindable;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.bind.handler.NoUnboundElementsBindHandler;
import org.springframework.boot.context.properties.source.UnboundElementsSourceFilter;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.env.Environment;

/** Adds the private endpoints under {@code riacho.endpoints} to the server. */
@Configuration(proxyBeanMethods = false)
public class EndpointConfiguration {

    @Bean
    PrivateEndpoints privateEndpoints(
            Environment environment,
            TlsConnectors tls,
            AuditLog audit,
            ConnectorTuning tuning,
            @Value("${riacho.http.enabled:true}") boolean isHttpEnabled) {
        // A misspelt "allowed-networks" must not allow all of them.
        BindHandler strict = new NoUnboundElementsBindHandler(BindHandler.DEFAULT, new UnboundElementsSourceFilter());
        List<EndpointProperties> configured = Binder.get(environment)
                .bind("riacho.endpoints", Bindable.listOf(EndpointProperties.class), strict)
                .orElseGet(List::of);
        return new PrivateEndpoints(configured, isHttpEnabled, tls, tuning, audit);
    }

    @Bean
    WebServerFactoryCustomizer<TomcatWebServerFactory> endpointServer(PrivateEndpoints endpoints) {
        return factory -> {
            List<EndpointListener> listeners = endpoints.listeners();
            if (!listeners.isEmpty()) {
                factory.addAdditionalConnectors(
                        listeners.stream().map(EndpointListener::connector).toArray(Connector[]::new));
                factory.addEngineValves(new EndpointValve(listeners));
            }
        };
    }
}
