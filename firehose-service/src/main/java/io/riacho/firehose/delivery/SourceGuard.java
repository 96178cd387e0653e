package io.riacho.firehose.delivery;

import io.riacho.firehose.source.RecordSource;
import io.riacho.firehose.source.SourceException;
import io.riacho.firehose.source.SourceIdentities;
import java.util.UUID;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/**
 * Sees to it that a delivery stream reads the stream or topic that it read first. Another one that was made under the same
 * name is not read: its positions are other ones, so that records would be lost or come twice. Safe for use by many threads.
 */
final class SourceGuard {

    private final UUID deliveryStream;
    private final RecordSource source;
    private final SourceIdentities identities;
    private final ReentrantLock lock = new ReentrantLock();
    private volatile @Nullable SourceException replaced;
    private @Nullable String first;
    private @Nullable Long answeredAt;

    SourceGuard(UUID deliveryStream, RecordSource source, SourceIdentities identities) {
        this.deliveryStream = deliveryStream;
        this.source = source;
        this.identities = identities;
    }

    /**
     * Asks the source who it is, unless it has answered somebody lately.
     *
     * @param since what was answered before does not count, {@link System#nanoTime()}: the source may have been away then
     * @throws SourceException where it is another one, or cannot be asked
     */
    void check(long since) throws SourceException, InterruptedException {
        lock.lockInterruptibly();
        try {
            if (answeredAt == null || answeredAt - since < 0) {
                long asked = System.nanoTime();
                ask();
                answeredAt = asked;
            }
        } finally {
            lock.unlock();
        }
        require();
    }

    /**
     * Asks nobody.
     *
     * @throws SourceException where the source was another one when it was asked last
     */
    void require() throws SourceException {
        SourceException failure = replaced;
        if (failure != null) {
            throw failure;
        }
    }

    private void ask() throws SourceException, InterruptedException {
        String now = source.identity();
        if (now == null) {
            return;
        }
        if (!now.equals(first)) {
            first = identities.first(deliveryStream, now);
        }
        replaced = now.equals(first)
                ? null
                : new SourceException(
                        "ResourceNotFoundException",
                        source.name() + " was deleted, and another one was made under its name: that one has to be read"
                                + " by a new delivery stream",
                        null);
    }
}
