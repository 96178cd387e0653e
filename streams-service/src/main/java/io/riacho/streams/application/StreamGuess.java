package io.riacho.streams.application;

import io.riacho.streams.shard.SequenceNumber;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.util.List;
import java.util.Optional;

/**
 * Finds the stream that leases are of. The leases of a KCL application with one stream do not name it, but their
 * checkpoints are sequence numbers, which tell when their shard was made and which of its stream's it is.
 */
final class StreamGuess {

    private final StreamCatalog catalog;

    StreamGuess(StreamCatalog catalog) {
        this.catalog = catalog;
    }

    /** Empty where no stream has such shards, or more than one has. */
    Optional<Stream> of(List<LeaseState> leases) {
        List<SequenceNumber> checkpoints = leases.stream()
                .flatMap(lease -> Checkpoints.sequenceNumber(lease.checkpoint()).stream())
                .toList();
        if (checkpoints.isEmpty()) {
            return Optional.empty();
        }
        List<Stream> found = catalog.all().stream()
                .filter(stream -> checkpoints.stream().allMatch(checkpoint -> hasShardOf(stream, checkpoint)))
                .limit(2)
                .toList();
        return found.size() == 1 ? Optional.of(found.getFirst()) : Optional.empty();
    }

    private static boolean hasShardOf(Stream stream, SequenceNumber checkpoint) {
        Optional<Shard> shard = stream.shards().find(checkpoint.shardIndex());
        return shard.isPresent() && checkpoint.isOf(shard.get());
    }
}
