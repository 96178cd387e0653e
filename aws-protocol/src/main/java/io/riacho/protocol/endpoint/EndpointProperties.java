package io.riacho.protocol.endpoint;

import java.net.InetAddress;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * One private endpoint, as it is configured.
 *
 * @param id such as {@code vpce-0a1b2c3d}
 * @param port 0 for any free one
 * @param vpc the value of {@code aws:SourceVpc}
 * @param allowedNetworks in CIDR notation; null for all
 * @param policy its JSON, or the file that holds it; null for one that allows everything
 */
record EndpointProperties(
        @Nullable String id,
        @DefaultValue("127.0.0.1") InetAddress address,
        @Nullable Integer port,
        @Nullable String vpc,
        @Nullable List<String> allowedNetworks,
        @Nullable String policy,
        @DefaultValue("true") boolean tls) {}
