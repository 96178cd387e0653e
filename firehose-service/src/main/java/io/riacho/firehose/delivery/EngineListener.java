package io.riacho.firehose.delivery;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Hears how delivery streams fare, so that whoever describes them is told. */
public interface EngineListener {

    /** Nothing is delivered any more in this process by versions before this one. */
    void begun(UUID deliveryStream, long version);

    /**
     * The delivery stands still.
     *
     * @param reason null where it goes on again
     */
    void stalled(UUID deliveryStream, @Nullable String reason);
}
