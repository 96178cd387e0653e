package io.riacho.protocol;

/**
 * An operation that reads and writes the wire by itself, because the generic way through the SDK's model classes would
 * be too slow: the record path. Authentication is done when it is called.
 */
@FunctionalInterface
public interface WireOperation {

    void handle(WireRequest request, WireResponse response) throws java.io.IOException;
}
