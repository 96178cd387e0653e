package io.riacho.analytics.application;

import java.util.UUID;

/** Remembers how applications were, in the transaction that changes one. */
public interface ApplicationHistory {

    void changed(Application after);

    void removed(UUID id);
}
