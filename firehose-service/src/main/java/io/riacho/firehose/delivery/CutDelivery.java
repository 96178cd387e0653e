package io.riacho.firehose.delivery;

import io.riacho.firehose.activity.DeliveryReport;
import io.riacho.firehose.activity.StreamActivity;
import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.intent.Intent;
import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.tracing.OpenSpan;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Delivers what was cut: to the destination, again and again until its retry duration is over, and what it does not take
 * into the backup bucket. Returns when every record is somewhere.
 */
final class CutDelivery {

    /** Longer than that, memory is not held for a destination that does not answer. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final StreamSetup setup;
    private final String shard;
    private final Semaphore attemptsAtATime;
    private final MemoryBudget budget;
    private final StreamActivity activity;
    private final DeliverySpans spans;
    private final InstantSource clock;

    CutDelivery(
            StreamSetup setup,
            String shard,
            Semaphore attemptsAtATime,
            MemoryBudget budget,
            StreamActivity activity,
            DeliverySpans spans,
            InstantSource clock) {
        this.setup = setup;
        this.shard = shard;
        this.attemptsAtATime = attemptsAtATime;
        this.budget = budget;
        this.activity = activity;
        this.spans = spans;
        this.clock = clock;
    }

    /**
     * @throws StalledException where it fails and is to be tried again later, from its intent
     * @throws InterruptedException where it was called off
     */
    void deliver(Cut cut, Intent intent) throws StalledException, InterruptedException {
        if (cut.records().isEmpty()) {
            return;
        }
        try (OpenSpan span = spans.deliver(setup, shard, cut, intent)) {
            try {
                deliverTraced(cut, intent);
            } catch (StalledException e) {
                span.failed("Stalled");
                throw e;
            } catch (InterruptedException e) {
                span.refused("Interrupted");
                throw e;
            }
        }
    }

    private void deliverTraced(Cut cut, Intent intent) throws StalledException, InterruptedException {
        Delivery delivery = new Delivery(
                intent.id(),
                setup.name().name(),
                intent.version(),
                shard,
                cut.lane().partition(),
                cut.records().stream().map(LaneRecord::record).toList(),
                cut.oldestArrival(),
                intent.begun());
        switch (cut.lane().kind()) {
            case DELIVERY -> deliver(delivery);
            case BACKUP ->
                insist(
                        delivery,
                        () -> Objects.requireNonNull(setup.backup(), "backs up").write(delivery));
            case FAILED ->
                insist(
                        delivery,
                        () -> setup.errors()
                                .writeFailed(
                                        delivery,
                                        cut.lane().directory(),
                                        cut.records().stream()
                                                .map(LaneRecord::failure)
                                                .map(Objects::requireNonNull)
                                                .toList()));
        }
    }

    private void deliver(Delivery delivery) throws StalledException, InterruptedException {
        List<Rejection> rejected = new ArrayList<>();
        List<DeliveryRecord> left = deliverAsBegun(delivery, rejected);
        Backoff backoff = new Backoff();
        long began = System.nanoTime();
        while (!left.isEmpty()) {
            List<Rejection> postponed;
            Instant attempted = clock.instant();
            try {
                Delivered answer = attempt(setup.destination(), delivery.of(left));
                rejected.addAll(answer.rejected());
                postponed = answer.postponed();
                if (postponed.isEmpty()) {
                    break;
                }
            } catch (DeliveryException e) {
                postponed = left.stream()
                        .map(record -> new Rejection(
                                record,
                                e.code(),
                                e.getMessage(),
                                setup.destination().details(record)))
                        .toList();
                if (!e.isRetryable()) {
                    rejected.addAll(postponed);
                    activity.failed(shard, attempted, e.code(), e.getMessage());
                    break;
                }
            }
            Rejection first = postponed.getFirst();
            activity.failed(shard, attempted, first.code(), first.message());
            if (isOver(delivery.begun(), setup.plan().retry())) {
                rejected.addAll(postponed);
                break;
            }
            left = postponed.stream().map(Rejection::record).toList();
            pause(backoff, began, first.message());
        }
        if (!rejected.isEmpty()) {
            int attempts = backoff.failures() + 1;
            insist(
                    delivery,
                    () -> setup.errors().writeRejected(delivery, setup.plan().errorDirectory(), rejected, attempts));
        }
        activity.delivered(report(delivery, rejected.size()));
    }

    /**
     * What was begun before an update may have arrived where it was to go then, though nobody knows: it is delivered there,
     * which is a repeat. Where that fails it goes to where records go now, because that may be what the update is for.
     *
     * @return what is left
     */
    private List<DeliveryRecord> deliverAsBegun(Delivery delivery, List<Rejection> rejected)
            throws InterruptedException {
        Destination former = delivery.version().equals(setup.version())
                ? null
                : setup.former().of(delivery.version());
        if (former == null) {
            return delivery.records();
        }
        Instant attempted = clock.instant();
        try {
            Delivered answer = attempt(former, delivery);
            rejected.addAll(answer.rejected());
            return answer.postponed().stream().map(Rejection::record).toList();
        } catch (DeliveryException e) {
            activity.failed(shard, attempted, e.code(), e.getMessage());
            return delivery.records();
        }
    }

    private Delivered attempt(Destination destination, Delivery delivery)
            throws DeliveryException, InterruptedException {
        int permits = destination.waits() ? 0 : 1;
        attemptsAtATime.acquire(permits);
        try (OpenSpan span = spans.write(destination.getClass().getSimpleName())) {
            return written(destination, delivery, span);
        } catch (RuntimeException e) {
            throw DeliveryException.retryable("InternalError", String.valueOf(e.getMessage()), e);
        } finally {
            attemptsAtATime.release(permits);
        }
    }

    private static Delivered written(Destination destination, Delivery delivery, OpenSpan span)
            throws DeliveryException, InterruptedException {
        try {
            Delivered delivered = destination.deliver(delivery);
            return span.isRecorded() ? told(delivered, span) : delivered;
        } catch (DeliveryException e) {
            span.failed(e.code());
            throw e;
        } catch (RuntimeException e) {
            span.failed("InternalError");
            throw e;
        }
    }

    private static Delivered told(Delivered delivered, OpenSpan span) {
        span.with("riacho.rejected", delivered.rejected().size())
                .with("riacho.postponed", delivered.postponed().size());
        return delivered;
    }

    /** There is no other place for it, so it is tried until it works. */
    private void insist(Delivery delivery, BucketWrite write) throws StalledException, InterruptedException {
        Backoff backoff = new Backoff();
        long began = System.nanoTime();
        while (true) {
            Instant attempted = clock.instant();
            String reason;
            attemptsAtATime.acquire();
            try {
                written(write);
                activity.backedUp(shard, clock.instant(), delivery.records().size(), delivery.bytes());
                return;
            } catch (DeliveryException e) {
                activity.failed(shard, attempted, e.code(), e.getMessage());
                reason = e.getMessage();
            } finally {
                attemptsAtATime.release();
            }
            pause(backoff, began, reason);
        }
    }

    private void written(BucketWrite write) throws DeliveryException, InterruptedException {
        try (OpenSpan span = spans.write("bucket")) {
            try {
                write.run();
            } catch (DeliveryException e) {
                span.failed(e.code());
                throw e;
            }
        }
    }

    private void pause(Backoff backoff, long began, String reason) throws StalledException, InterruptedException {
        Duration failing = Duration.ofNanos(System.nanoTime() - began);
        if (failing.compareTo(PATIENCE) > 0 || (budget.isShort() && backoff.failures() > 2)) {
            throw new StalledException(reason + " (for " + failing.toSeconds() + " s)");
        }
        Thread.sleep(backoff.next());
    }

    private boolean isOver(Instant begun, @Nullable Duration retry) {
        return retry != null && !clock.instant().isBefore(begun.plus(retry));
    }

    private DeliveryReport report(Delivery delivery, int rejected) {
        Instant now = clock.instant();
        return new DeliveryReport(
                now,
                shard,
                delivery.records().size(),
                delivery.bytes(),
                rejected,
                Duration.between(delivery.begun(), now),
                Duration.between(delivery.oldestArrival(), now));
    }

    @FunctionalInterface
    private interface BucketWrite {

        void run() throws DeliveryException, InterruptedException;
    }
}
