package io.riacho.streams.stream;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Whether a stream's new records are encrypted.
 *
 * @param keyId the KMS key as StartStreamEncryption named it; null where they are not
 * @param starts when encryption was started in the last 24 hours
 * @param stops when it was stopped in the last 24 hours
 */
public record StreamEncryption(@Nullable String keyId, List<Instant> starts, List<Instant> stops) {

    public static final StreamEncryption NONE = new StreamEncryption(null, List.of(), List.of());

    public boolean isOn() {
        return keyId != null;
    }
}
