package io.riacho.streams.encryption;

import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyService;
import java.time.Duration;
import java.util.function.LongSupplier;

/** What KMS says of its keys, at most five seconds old. Safe for use by many threads. */
public final class KeyStates {

    /** Less than the five seconds in which a change has to count, by what an answer may take. */
    private static final Duration MOST = Duration.ofSeconds(4);

    private static final Duration FRESH = Duration.ofSeconds(2);

    private sealed interface State {
        record Known(KeyDescription key) implements State {}

        record Refused(KeyException reason) implements State {}
    }

    private final KeyCache<String, State> states;

    public KeyStates(KeyService kms, LongSupplier nanoTime) {
        states = new KeyCache<>(MOST, FRESH, nanoTime, keyId -> load(kms, keyId));
    }

    private static State load(KeyService kms, String keyId) {
        try {
            return new State.Known(kms.describe(keyId));
        } catch (KeyException e) {
            return switch (e.reason()) {
                // It may be over at once, and what is known counts a while longer.
                case THROTTLED, UNAVAILABLE -> throw e;
                default -> new State.Refused(e);
            };
        }
    }

    /** The key, whatever its state. */
    KeyDescription describe(String keyId) {
        try {
            return switch (states.get(keyId)) {
                case State.Known(KeyDescription key) -> key;
                case State.Refused(KeyException reason) -> throw KeyErrors.of(reason);
            };
        } catch (KeyException e) {
            throw KeyErrors.of(e);
        }
    }

    /** The key, which has to be usable. */
    KeyDescription requireEnabled(String keyId) {
        KeyDescription key = describe(keyId);
        if (!key.isEnabled()) {
            throw key.state().equals("Disabled")
                    ? KeyErrors.disabled(key.arn())
                    : KeyErrors.invalidState(key.arn(), key.state());
        }
        return key;
    }
}
