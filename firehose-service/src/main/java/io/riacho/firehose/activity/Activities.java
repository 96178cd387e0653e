package io.riacho.firehose.activity;

import io.riacho.firehose.deliverystream.DeliveryStream;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/** What all delivery streams of this process did last. Safe for use by many threads. */
public final class Activities {

    private final Function<DeliveryStream, ActivityListener> listeners;
    private final Map<UUID, StreamActivity> byStream = new ConcurrentHashMap<>();

    /** @param listeners gives each delivery stream who counts what it does */
    public Activities(Function<DeliveryStream, ActivityListener> listeners) {
        this.listeners = listeners;
    }

    public StreamActivity of(DeliveryStream stream) {
        return byStream.computeIfAbsent(stream.id(), _ -> new StreamActivity(listeners.apply(stream)));
    }

    /** Empty where nothing of it ran in this process. */
    public Optional<StreamActivity> find(UUID stream) {
        return Optional.ofNullable(byStream.get(stream));
    }

    public void forget(UUID stream) {
        byStream.remove(stream);
    }
}
