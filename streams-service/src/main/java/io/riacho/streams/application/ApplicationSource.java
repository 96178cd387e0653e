package io.riacho.streams.application;

import java.util.List;

/** A keeper of leases. */
public interface ApplicationSource {

    List<ApplicationState> applications();
}
