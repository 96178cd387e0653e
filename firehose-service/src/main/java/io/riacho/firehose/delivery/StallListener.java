package io.riacho.firehose.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hears that the delivery of a delivery stream stands still, so that whoever describes it is told. */
@FunctionalInterface
public interface StallListener {

    /** @param reason null where it goes on again */
    void stalled(UUID deliveryStream, @Nullable String reason);
}
