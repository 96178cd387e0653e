package io.riacho.firehose.deliverystream;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Stands where the engine will: writes down what it is told, and does what a test wants it to. */
final class TestListener implements DeliveryStreamListener, SourceEncryption {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Map<String, DeliveryStream> known = new HashMap<>();
    private final List<String> done = new ArrayList<>();
    private final Set<String> held = new HashSet<>();
    private final Set<String> waiting = new HashSet<>();
    private final Map<String, Failure> failures = new HashMap<>();
    private final Map<String, Integer> breakdowns = new HashMap<>();

    /** Work of this kind on the delivery stream does not end until it is let go. */
    synchronized void hold(String work, String name) {
        held.add(work + " " + name);
    }

    synchronized void letGo(String work, String name) {
        held.remove(work + " " + name);
        notifyAll();
    }

    /** Work of this kind on the delivery stream fails for good; null to let it work again. */
    synchronized void fail(String work, String name, @Nullable Failure failure) {
        if (failure == null) {
            failures.remove(work + " " + name);
        } else {
            failures.put(work + " " + name, failure);
        }
    }

    /** Work of this kind on the delivery stream breaks down so many times. */
    synchronized void breakDown(String work, String name, int times) {
        breakdowns.put(work + " " + name, times);
    }

    /** What was done to the delivery stream, such as {@code creating} and {@code enable}. */
    synchronized List<String> done(String name) {
        return done.stream()
                .filter(what -> what.endsWith(" " + name))
                .map(what -> what.substring(0, what.length() - name.length() - 1))
                .toList();
    }

    synchronized void awaitBegun(String work, String name) {
        await(() -> waiting.contains(work + " " + name) ? work : null, work + " " + name);
    }

    /** The delivery stream, once it was told to be so. */
    synchronized DeliveryStream await(String name, Predicate<DeliveryStream> so) {
        return await(
                () -> {
                    DeliveryStream stream = known.get(name);
                    return stream != null && so.test(stream) ? stream : null;
                },
                name);
    }

    DeliveryStream awaitActive(String name) {
        return await(name, DeliveryStream::isActive);
    }

    synchronized void awaitGone(String name) {
        await(() -> known.containsKey(name) ? null : name, name + " to be gone");
    }

    private <T> T await(Supplier<@Nullable T> what, String text) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        try {
            T found = what.get();
            while (found == null) {
                long rest = (end - System.nanoTime()) / 1_000_000;
                if (rest <= 0) {
                    throw new AssertionError("Waited in vain for " + text + "; known are " + known.values());
                }
                wait(rest);
                found = what.get();
            }
            return found;
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void creating(DeliveryStream stream) throws DeliveryStreamFailedException, InterruptedException {
        work("creating", stream);
    }

    @Override
    public void deleting(DeliveryStream stream) throws InterruptedException {
        try {
            work("deleting", stream);
        } catch (DeliveryStreamFailedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void enable(DeliveryStream stream, SourceKey key)
            throws DeliveryStreamFailedException, InterruptedException {
        work("enable", stream);
    }

    @Override
    public void disable(DeliveryStream stream) throws DeliveryStreamFailedException, InterruptedException {
        work("disable", stream);
    }

    @Override
    public synchronized void changed(DeliveryStream stream) {
        known.put(stream.name(), stream);
        notifyAll();
    }

    @Override
    public synchronized void gone(DeliveryStream last) {
        known.remove(last.name());
        notifyAll();
    }

    private synchronized void work(String kind, DeliveryStream stream)
            throws DeliveryStreamFailedException, InterruptedException {
        String work = kind + " " + stream.name();
        waiting.add(work);
        notifyAll();
        while (held.contains(work)) {
            wait();
        }
        waiting.remove(work);
        Failure failure = failures.get(work);
        if (failure != null) {
            throw new DeliveryStreamFailedException(failure);
        }
        int left = breakdowns.merge(work, -1, Integer::sum);
        if (left >= 0) {
            throw new IllegalStateException("broken down as the test wants it");
        }
        breakdowns.remove(work);
        done.add(work);
    }
}
