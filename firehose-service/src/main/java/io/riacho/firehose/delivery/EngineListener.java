package io.riacho.firehose.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Learns how delivery streams fare. Safe for use by many threads. */
@FunctionalInterface
public interface EngineListener {

    /** @param reason why nothing is delivered now, or read; null where it goes on */
    void stalled(UUID deliveryStream, @Nullable String reason);
}
