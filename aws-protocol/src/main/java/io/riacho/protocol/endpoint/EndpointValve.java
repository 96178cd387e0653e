package io.riacho.protocol.endpoint;

import io.riacho.protocol.PrivateEndpoint;
import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.IdentityHashMap;
import java.util.List;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;

/** Tells each request which endpoint it came through: the one whose connector accepted it, whatever the request says. */
final class EndpointValve extends ValveBase {

    private final IdentityHashMap<Connector, EndpointListener> listeners = new IdentityHashMap<>();

    EndpointValve(List<EndpointListener> all) {
        super(true);
        all.forEach(listener -> listeners.put(listener.connector(), listener));
    }

    @Override
    public void invoke(Request request, Response response) throws IOException, ServletException {
        EndpointListener listener = listeners.get(request.getConnector());
        if (listener != null) {
            request.setAttribute(PrivateEndpoint.ATTRIBUTE, listener.endpoint());
        }
        getNext().invoke(request, response);
    }
}
