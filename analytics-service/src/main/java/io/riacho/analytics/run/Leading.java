package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.Run;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.function.UnaryOperator;

/** Changes applications as the one who leads them: what another process leads meanwhile is not changed. */
final class Leading {

    private final Applications applications;
    private final Ownership ownership;

    Leading(Applications applications, Ownership ownership) {
        this.applications = applications;
        this.ownership = ownership;
    }

    Optional<Application> find(UUID id) {
        return applications.find(id);
    }

    Applications applications() {
        return applications;
    }

    Instant now() {
        return applications.now();
    }

    /**
     * Changes what was seen, if it is still so: in that state, and with that run.
     *
     * @return whether it was still so
     */
    boolean change(Application seen, UnaryOperator<Application> change) {
        boolean[] same = new boolean[1];
        Optional<Application> unused = applications.change(seen.id(), () -> ownership.guard(seen.id()), now -> {
            if (now.status() != seen.status() || now.version() != seen.version() || !sameRun(now, seen)) {
                return now;
            }
            same[0] = true;
            return change.apply(now);
        });
        return same[0];
    }

    /** The application is no more. */
    void remove(Application seen) {
        applications.remove(seen.id(), () -> ownership.guard(seen.id()));
        ownership.forget(seen.id());
    }

    private static boolean sameRun(Application one, Application other) {
        Run first = one.run();
        Run second = other.run();
        return first == null ? second == null : second != null && first.id().equals(second.id());
    }
}
