package io.riacho.protocol.endpoint;

import io.riacho.policy.InvalidPolicyException;
import io.riacho.protocol.audit.AuditLog;
import io.riacho.protocol.tls.ConnectorTuning;
import io.riacho.protocol.tls.TlsConnectors;
import io.riacho.protocol.watch.Rounds;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.apache.catalina.connector.Connector;
import org.apache.coyote.http11.Http11NioProtocol;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/** All private endpoints of this server. Safe for use by many threads. */
public final class PrivateEndpoints implements AutoCloseable {

    private static final Pattern ID = Pattern.compile("vpce-[0-9a-z][0-9a-z-]{0,58}");
    private static final Pattern VPC = Pattern.compile("vpc-[0-9a-z][0-9a-z-]{0,58}");
    private static final int LARGEST_PORT = 65_535;

    /** A policy has to be in force within five seconds. */
    private static final Duration LOOK_INTERVAL = Duration.ofSeconds(1);

    private final List<EndpointListener> listeners = new ArrayList<>();
    private final @Nullable Rounds rounds;

    /** @throws InvalidConfigurationPropertyValueException that says which setting is wrong, and why */
    PrivateEndpoints(
            List<EndpointProperties> configured,
            boolean isHttpEnabled,
            TlsConnectors tls,
            ConnectorTuning tuning,
            AuditLog audit) {
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < configured.size(); i++) {
            EndpointProperties properties = configured.get(i);
            Setting setting = new Setting(i);
            String id = properties.id();
            if (id == null || !ID.matcher(id).matches()) {
                throw setting.invalid("id", id, "It has to look like vpce-0a1b2c3d.");
            }
            if (!ids.add(id)) {
                throw setting.invalid("id", id, "Another endpoint has it.");
            }
            if (!properties.tls() && !isHttpEnabled) {
                throw setting.invalid("tls", false, "riacho.http.enabled is false.");
            }
            listeners.add(listener(id, properties, setting, tls, tuning, audit));
        }
        rounds = listeners.isEmpty() ? null : new Rounds("endpoint-policies", LOOK_INTERVAL, this::look);
    }

    /** The port of an endpoint; -1 where there is no such endpoint or it does not listen yet. */
    public int port(String id) {
        for (EndpointListener listener : listeners) {
            if (listener.id().equals(id)) {
                return listener.connector().getLocalPort();
            }
        }
        return -1;
    }

    /** How many connections an endpoint has, and one more that it waits for. */
    public long connections(String id) {
        for (EndpointListener listener : listeners) {
            if (listener.id().equals(id)
                    && listener.connector().getProtocolHandler() instanceof Http11NioProtocol protocol) {
                return protocol.getConnectionCount();
            }
        }
        return 0;
    }

    List<EndpointListener> listeners() {
        return List.copyOf(listeners);
    }

    @Override
    public void close() {
        if (rounds != null) {
            rounds.close();
        }
    }

    private void look() {
        listeners.forEach(listener -> listener.policy().look());
    }

    private static EndpointListener listener(
            String id,
            EndpointProperties properties,
            Setting setting,
            TlsConnectors tls,
            ConnectorTuning tuning,
            AuditLog audit) {
        Integer port = properties.port();
        if (port == null || port < 0 || port > LARGEST_PORT) {
            throw setting.invalid("port", port, "It has to be 0 to 65535.");
        }
        String vpc = properties.vpc();
        if (vpc != null && !VPC.matcher(vpc).matches()) {
            throw setting.invalid("vpc", vpc, "It has to look like vpc-0a1b2c3d.");
        }
        EndpointPolicy policy = policy(id, properties, setting);
        Http11NioProtocol protocol = new Http11NioProtocol(
                new GuardedAcceptor(networks(properties, setting), peer -> audit.cutOff(id, peer)));
        protocol.setAddress(properties.address());
        Connector connector = new Connector(protocol);
        connector.setPort(port);
        // As with all other listeners: nobody is to connect before the server can answer.
        connector.setProperty("bindOnInit", "false");
        if (properties.tls()) {
            tls.secure(connector);
        }
        tuning.tune(connector);
        return new EndpointListener(id, vpc, policy, connector);
    }

    private static Networks networks(EndpointProperties properties, Setting setting) {
        List<String> networks = properties.allowedNetworks();
        try {
            return networks == null ? Networks.all() : Networks.of(networks);
        } catch (IllegalArgumentException e) {
            throw setting.invalid("allowed-networks", networks, e.getMessage() + ".");
        }
    }

    private static EndpointPolicy policy(String id, EndpointProperties properties, Setting setting) {
        String policy = properties.policy();
        try {
            return EndpointPolicy.of(id, policy);
        } catch (NoSuchFileException e) {
            throw setting.invalid("policy", policy, "There is no such file.");
        } catch (IOException | InvalidPathException | InvalidPolicyException e) {
            throw setting.invalid("policy", policy, String.valueOf(e.getMessage()));
        }
    }

    /** Names the settings of one endpoint. */
    private record Setting(int index) {

        InvalidConfigurationPropertyValueException invalid(String name, @Nullable Object value, String why) {
            return new InvalidConfigurationPropertyValueException(
                    "riacho.endpoints[" + index + "]." + name, value, why);
        }
    }
}
