package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.Destination;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A delivery stream's destination as earlier versions had it, for what was begun by them. Safe for use by many threads. */
final class FormerDestinations implements AutoCloseable {

    private final Function<String, Optional<Destination>> opening;
    private final Map<String, Optional<Destination>> opened = new ConcurrentHashMap<>();

    /** @param opening the destination of a version; empty where that is not known any more */
    FormerDestinations(Function<String, Optional<Destination>> opening) {
        this.opening = opening;
    }

    /** Null where it is not known any more. Reads the database. */
    @Nullable
    Destination of(String version) {
        return opened.computeIfAbsent(version, opening).orElse(null);
    }

    @Override
    public void close() {
        opened.values().forEach(destination -> destination.ifPresent(Destination::close));
    }
}
