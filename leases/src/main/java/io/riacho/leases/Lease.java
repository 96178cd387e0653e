package io.riacho.leases;

import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One shard of an application as it was at one moment.
 *
 * @param owner the worker that has it; null where nobody has. Its time may be over, see {@code live}
 * @param live whether the owner's time is not over
 * @param epoch grows whenever the lease changes hands
 * @param wantedBy the worker that asks the owner to hand it over; null where none does
 * @param checkpoint what was last written down
 * @param millisBehind how far the checkpoint was behind the stream's end when it was written; null where it was not told
 * @param checkpointedAt null where no worker has written one down
 * @param ended whether every record of the shard is done with
 */
public record Lease(
        String shard,
        List<String> parents,
        @Nullable String owner,
        boolean live,
        long epoch,
        @Nullable String wantedBy,
        String checkpoint,
        @Nullable Long millisBehind,
        @Nullable Instant checkpointedAt,
        boolean ended) {

    public Lease {
        parents = List.copyOf(parents);
    }

    boolean isFree() {
        return !ended && !live;
    }

    boolean isOwnedBy(String worker) {
        return live && worker.equals(owner);
    }

    /** What its owner proves itself with. */
    HeldLease held() {
        if (owner == null) {
            throw new IllegalStateException("nobody holds " + shard);
        }
        return new HeldLease(shard, owner, epoch);
    }
}
