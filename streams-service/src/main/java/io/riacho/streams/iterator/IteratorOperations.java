package io.riacho.streams.iterator;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.shard.ShardIds;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorResponse;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** GetShardIterator. */
public final class IteratorOperations {

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final ShardIterators iterators;
    private final StartingPositions positions;

    public IteratorOperations(
            StreamCatalog catalog, StreamResolver resolver, ShardIterators iterators, StartingPositions positions) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.iterators = iterators;
        this.positions = positions;
    }

    public GetShardIteratorResponse getShardIterator(GetShardIteratorRequest request) {
        String account = catalog.naming().accountId();
        String streamName = resolver.name(request.streamName(), request.streamARN(), request.streamId());
        int index = ShardIds.parse(request.shardId())
                .orElseThrow(() -> KinesisErrors.noSuchShardId(request.shardId(), streamName, account));
        String shardId = ShardIds.format(index);
        Stream stream = catalog.find(streamName)
                .filter(found -> found.status() != StreamStatus.CREATING)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(shardId, streamName, account));
        Shard shard = stream.shards()
                .find(index)
                .orElseThrow(() -> KinesisErrors.shardDoesNotExist(shardId, streamName, account));
        long offset = positions.offset(
                "GetShardIterator",
                request.shardIteratorType(),
                request.startingSequenceNumber(),
                request.timestamp(),
                stream,
                shard);
        return GetShardIteratorResponse.builder()
                .shardIterator(iterators.give(streamName, stream.id(), index, offset))
                .build();
    }
}
