package io.riacho.protocol.tls;

import org.apache.catalina.connector.Connector;

/** What all listeners have in common. Not a customizer of Spring Boot's: it would undo parts of those that are beans. */
@FunctionalInterface
public interface ConnectorTuning {

    /** Fits a listener that was not started yet to what clients do. */
    void tune(Connector connector);
}
