package io.riacho.firehose.delivery;

import io.riacho.leases.HeldLease;
import io.riacho.leases.LeaseLostException;
import io.riacho.leases.ShardWork;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Delivers one shard for as long as its lease is held: life after life, each from the last checkpoint on. A life ends
 * where the shard does, where the work is stopped, or where deliveries fail for long: then the next one begins a while
 * later.
 */
final class ShardDelivery implements ShardWork.Running {

    private static final Logger log = LoggerFactory.getLogger(ShardDelivery.class);

    /** Less than a lease's duration, within which work has to stop. */
    private static final Duration PATIENCE = Duration.ofSeconds(3);

    private final StreamDelivery stream;
    private final HeldLease held;
    private final CompletableFuture<Void> ended = new CompletableFuture<>();
    private final Consumer<ShardDelivery> whenEnded;
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable ShardLife life;

    /** @param whenEnded called once nothing of it runs any more */
    ShardDelivery(StreamDelivery stream, HeldLease held, String checkpoint, Consumer<ShardDelivery> whenEnded) {
        this.stream = stream;
        this.held = held;
        this.whenEnded = whenEnded;
        this.thread = Thread.ofVirtual()
                .name("firehose-" + stream.setup().name().name() + "-" + held.shard())
                .unstarted(() -> run(checkpoint));
    }

    void start() {
        thread.start();
    }

    /**
     * What is being delivered may end, for a while: what is broken off may come twice where a destination cannot tell, or where
     * the next version of the delivery stream stores it elsewhere.
     */
    @Override
    public CompletableFuture<Void> stop() {
        stopping = true;
        Thread.ofVirtual().name(thread.getName() + "-stop").start(() -> {
            ShardLife current = life;
            if (current != null) {
                current.finish(PATIENCE);
            }
            abandon();
        });
        return ended;
    }

    @Override
    public void abandon() {
        stopping = true;
        ShardLife current = life;
        if (current != null) {
            current.close();
        }
        thread.interrupt();
    }

    /** What its lane is buffered most, in bytes of the memory budget. */
    long largest() {
        ShardLife current = life;
        return current == null ? 0 : current.buffers().largest();
    }

    void relieve() {
        ShardLife current = life;
        if (current != null) {
            current.buffers().cutLargest();
        }
    }

    private void run(String checkpoint) {
        String from = checkpoint;
        Backoff backoff = new Backoff();
        try {
            while (!stopping) {
                try (ShardLife next = ShardLife.begin(stream, held, from)) {
                    life = next;
                    if (stopping) {
                        return;
                    }
                    next.run(backoff);
                    return;
                } catch (StalledException e) {
                    stalled(String.valueOf(e.getMessage()));
                    log.warn("Delivery of {} {} stands still: {}", stream.title(), held.shard(), e.getMessage());
                } catch (LeaseLostException e) {
                    log.info("{} lost the lease of {}", stream.title(), held.shard());
                    return;
                } catch (RuntimeException e) {
                    if (stopping) {
                        log.debug("{} was stopped", thread.getName(), e);
                        return;
                    }
                    log.warn("Delivery of {} {} failed; it is tried again", stream.title(), held.shard(), e);
                }
                ShardLife over = life;
                life = null;
                if (over != null && over.checkpoint() != null) {
                    from = over.checkpoint();
                }
                Thread.sleep(backoff.next());
            }
        } catch (InterruptedException e) {
            log.debug("{} was stopped", thread.getName());
        } finally {
            life = null;
            whenEnded.accept(this);
            ended.complete(null);
        }
    }

    /** Where it cannot be said why nothing is delivered, it is said the next time. */
    private void stalled(String reason) {
        try {
            stream.stalled(reason);
        } catch (RuntimeException e) {
            log.warn("It cannot be told that {} stands still", stream.title(), e);
        }
    }
}
