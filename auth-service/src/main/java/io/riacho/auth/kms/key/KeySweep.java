package io.riacho.auth.kms.key;

import java.util.UUID;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Deletes keys whose waiting time is over, and makes new material for those that are due. */
public final class KeySweep implements Runnable {

    private static final Logger log = LoggerFactory.getLogger(KeySweep.class);

    private final Keys keys;

    public KeySweep(Keys keys) {
        this.keys = keys;
    }

    @Override
    public void run() {
        keys.dueForDeletion().forEach(id -> attempt("deleted", id, keys::deleteIfDue));
        keys.dueForRotation().forEach(id -> attempt("rotated", id, keys::rotateIfDue));
    }

    /** One key that cannot be changed now must not keep the others from it. */
    private static void attempt(String what, UUID id, Consumer<UUID> work) {
        try {
            work.accept(id);
            log.info("Key {} was {}, if that was still wanted", id, what);
        } catch (RuntimeException e) {
            log.warn("Key {} could not be {}; trying again later", id, what, e);
        }
    }
}
