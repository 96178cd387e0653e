package io.riacho.log;

/** Finds the keys of encrypted batches. Safe for use by many threads. */
@FunctionalInterface
public interface OpeningKeys {

    /** For a log that nothing was ever encrypted in. */
    OpeningKeys NONE = id -> {
        throw new KeyUnavailableException(id, "no keys are configured", null);
    };

    /**
     * Called by the reading thread, once for each batch: keys should be remembered for a while. May block.
     *
     * @param id of the {@link SealingKey} that the batch was encrypted with
     * @throws KeyUnavailableException where the key cannot be had, now or ever
     */
    BatchCipher find(long id);
}
