package io.riacho.protocol.endpoint;

import io.riacho.protocol.PrivateEndpoint;
import org.apache.catalina.connector.Connector;
import org.jspecify.annotations.Nullable;

/** A private endpoint and the connector that it listens with. */
record EndpointListener(String id, @Nullable String vpc, EndpointPolicy policy, Connector connector) {

    /** As requests carry it, with the policy that is in force now. */
    PrivateEndpoint endpoint() {
        return new PrivateEndpoint(id, vpc, policy.current());
    }
}
