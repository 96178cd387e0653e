package io.riacho.log;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

/** Those who watch one shard. Safe for use by many threads. */
final class ShardWatch {

    private static final System.Logger LOGGER = System.getLogger(ShardWatch.class.getName());

    private final Watchers watchers;
    private final List<Runnable> actions = new CopyOnWriteArrayList<>();
    private final AtomicBoolean noted = new AtomicBoolean();

    ShardWatch(Watchers watchers) {
        this.watchers = watchers;
    }

    void add(Runnable action) {
        actions.add(action);
    }

    void remove(Runnable action) {
        actions.remove(action);
    }

    /** The readable end has moved. Many commits before they are told of are one. */
    void note() {
        if (!actions.isEmpty() && !noted.get() && noted.compareAndSet(false, true)) {
            watchers.note(this);
        }
    }

    /** The note is taken back first: what is committed from now on is told anew. */
    void tell() {
        noted.set(false);
        for (Runnable action : actions) {
            try {
                action.run();
            } catch (RuntimeException e) {
                LOGGER.log(System.Logger.Level.WARNING, "A watcher of a shard failed", e);
            }
        }
    }
}
