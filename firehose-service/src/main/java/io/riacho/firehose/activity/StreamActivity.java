package io.riacho.firehose.activity;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** What a delivery stream did last, in memory. Safe for use by many threads. */
public final class StreamActivity {

    private static final int KEPT = 100;

    private final ActivityListener listener;
    private final Deque<DeliveryReport> deliveries = new ArrayDeque<>();
    private final Deque<Failure> failures = new ArrayDeque<>();
    private long deliveredRecords;
    private long deliveredBytes;
    private long backedUpRecords;
    private long rejectedRecords;
    private boolean failing;

    public StreamActivity(ActivityListener listener) {
        this.listener = listener;
    }

    public synchronized void delivered(DeliveryReport report) {
        keep(deliveries, report);
        deliveredRecords += report.records() - report.rejected();
        deliveredBytes += report.bytes();
        rejectedRecords += report.rejected();
        failing = false;
        listener.delivered(report);
    }

    /** @param records written to a backup bucket, failed or not */
    public synchronized void backedUp(String shard, Instant at, int records, long bytes) {
        backedUpRecords += records;
        listener.backedUp(records, bytes);
    }

    /** An attempt failed, as a whole or in parts. */
    public synchronized void failed(String shard, Instant at, String code, String message) {
        failing = true;
        Failure last = failures.peekLast();
        if (last != null && last.isSame(shard, code, message)) {
            failures.removeLast();
            failures.add(last.again(at));
        } else {
            keep(failures, new Failure(at, at, 1, shard, code, message));
        }
        listener.failed(code);
    }

    /** Reading a shard told how far it is behind. */
    public void behind(Duration behind) {
        listener.behind(behind);
    }

    /** Reading a partition told how many offsets it is behind. */
    public void lagging(long offsets) {
        listener.lagging(offsets);
    }

    public void paced(boolean backpressured, Duration throttled) {
        listener.paced(backpressured, throttled);
    }

    public void read(int records, long bytes) {
        listener.read(records, bytes);
    }

    public void processed(int kept, int dropped, int failed, Duration took) {
        listener.processed(kept, dropped, failed, took);
    }

    public synchronized Snapshot snapshot() {
        return new Snapshot(
                List.copyOf(deliveries.reversed()),
                List.copyOf(failures.reversed()),
                deliveredRecords,
                deliveredBytes,
                backedUpRecords,
                rejectedRecords,
                failing);
    }

    private static <T> void keep(Deque<T> all, T one) {
        if (all.size() == KEPT) {
            all.remove();
        }
        all.add(one);
    }

    /** A failure, and how often it came one time after the other. */
    public record Failure(Instant first, Instant last, int times, String shard, String code, String message) {

        boolean isSame(String otherShard, String otherCode, String otherMessage) {
            return shard.equals(otherShard) && code.equals(otherCode) && message.equals(otherMessage);
        }

        Failure again(Instant at) {
            return new Failure(first, at, times + 1, shard, code, message);
        }
    }

    /** All of it at one moment, the newest first. Counts are since the process began. */
    public record Snapshot(
            List<DeliveryReport> deliveries,
            List<Failure> failures,
            long deliveredRecords,
            long deliveredBytes,
            long backedUpRecords,
            long rejectedRecords,
            boolean failing) {}
}
