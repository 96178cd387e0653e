package io.riacho.protocol.tls;

import java.net.InetAddress;
import java.nio.file.Path;
import java.time.InstantSource;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.tomcat.TomcatWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.boot.web.server.context.WebServerInitializedEvent;
import org.springframework.context.ApplicationListener;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/**
 * Adds a listener for HTTPS; where HTTP is switched off, the server's own listener moves to its port and speaks TLS. Needs
 * a {@link ConnectorTuning}.
 */
@Configuration(proxyBeanMethods = false)
@EnableConfigurationProperties(TlsProperties.class)
public class TlsConfiguration {

    private static final Logger LOG = LoggerFactory.getLogger(TlsConfiguration.class);

    @Bean
    TlsConnectors tlsConnectors(
            TlsProperties properties,
            @Value("${riacho.data:./data}") Path dataFolder,
            @Value("${server.address:}") String address,
            ObjectProvider<InstantSource> clocks) {
        InstantSource clock = clocks.getIfAvailable(InstantSource::system);
        Path certificate = properties.certificate();
        Path privateKey = properties.privateKey();
        Path folder = properties.folder() != null ? properties.folder() : dataFolder.resolve("tls");
        IdentitySource source = certificate != null && privateKey != null
                ? new SuppliedIdentity(certificate, privateKey, clock)
                : new OwnIdentity(folder, CertificateNames.ofThisHost(address, properties.names()), clock);
        return new TlsConnectors(source, properties.clientAuth(), properties.clientCa(), clock);
    }

    @Bean
    TlsListener tlsListener() {
        return new TlsListener();
    }

    @Bean
    WebServerFactoryCustomizer<TomcatWebServerFactory> tlsServer(
            TlsProperties properties,
            TlsConnectors connectors,
            TlsListener listener,
            ConnectorTuning tuning,
            @Value("${riacho.http.enabled:true}") boolean isHttpEnabled) {
        if (!isHttpEnabled && !properties.enabled()) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.http.enabled", false, "With riacho.tls.enabled=false nothing would listen.");
        }
        return factory -> {
            if (!properties.enabled()) {
                return;
            }
            int port = properties.portBeside(factory.getPort());
            if (isHttpEnabled) {
                Connector https = connector(factory.getAddress(), port);
                connectors.secure(https);
                tuning.tune(https);
                listener.is(https);
                factory.addAdditionalConnectors(https);
            } else {
                factory.addConnectorCustomizers(https -> {
                    https.setPort(port);
                    connectors.secure(https);
                    listener.is(https);
                });
            }
        };
    }

    @Bean
    ApplicationListener<WebServerInitializedEvent> tlsAnnouncement(TlsListener listener) {
        return _ -> {
            if (listener.port() > 0) {
                LOG.info("HTTPS on port {}", listener.port());
            }
        };
    }

    private static Connector connector(@Nullable InetAddress address, int port) {
        Http11NioProtocol protocol = new Http11NioProtocol();
        if (address != null) {
            protocol.setAddress(address);
        }
        Connector connector = new Connector(protocol);
        connector.setPort(port);
        // Nobody is to connect before the server can answer; Spring Boot has it so for its own listener.
        connector.setProperty("bindOnInit", "false");
        return connector;
    }
}
