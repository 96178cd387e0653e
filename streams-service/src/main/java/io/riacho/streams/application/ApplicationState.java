package io.riacho.streams.application;

import java.util.List;

/**
 * An application as the keeper of its leases knows it.
 *
 * @param kind {@code KCL}, {@code FIREHOSE} or {@code ANALYTICS}
 */
public record ApplicationState(String kind, String name, List<LeaseState> leases) {

    public ApplicationState {
        leases = List.copyOf(leases);
    }
}
