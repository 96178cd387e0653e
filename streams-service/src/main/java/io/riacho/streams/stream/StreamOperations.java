package io.riacho.streams.stream;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.Shard;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DeleteStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamResponse;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** CreateStream, DeleteStream, DescribeStream and DescribeStreamSummary. */
public final class StreamOperations {

    private static final int MOST_DESCRIBED = 100;
    private static final int ON_DEMAND_SHARDS = 4;

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamLifecycle lifecycle;
    private final AccountLimits limits;
    private final AccountSettingsKeeper account;
    private final StreamConsumers consumers;
    private final InstantSource clock;

    StreamOperations(
            StreamCatalog catalog,
            StreamResolver resolver,
            StreamLifecycle lifecycle,
            AccountLimits limits,
            AccountSettingsKeeper account,
            StreamConsumers consumers,
            InstantSource clock) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.lifecycle = lifecycle;
        this.limits = limits;
        this.account = account;
        this.consumers = consumers;
        this.clock = clock;
    }

    public void createStream(CreateStreamRequest request) {
        StreamMode mode = request.streamModeDetails() == null
                ? defaultMode(request.shardCount())
                : request.streamModeDetails().streamMode();
        Integer shardCount = request.shardCount();
        if (mode == StreamMode.ON_DEMAND && shardCount != null) {
            throw KinesisErrors.invalidArgument("ShardCount cannot be specified when StreamMode is ON_DEMAND");
        }
        if (mode == StreamMode.PROVISIONED && shardCount == null) {
            throw KinesisErrors.invalidArgument("ShardCount must be specified when StreamMode is PROVISIONED");
        }
        Integer warm = request.warmThroughputMiBps();
        WarmThroughput.check(warm, mode, account.get().isCommitted(clock.instant()));
        Map<String, String> tags = request.hasTags() ? request.tags() : Map.of();
        StreamTags.check(tags, request.streamName(), catalog.naming().accountId());
        StreamDraft draft = new StreamDraft(
                request.streamName(),
                mode,
                shardCount != null ? shardCount : Math.max(ON_DEMAND_SHARDS, warm == null ? 0 : warm),
                request.maxRecordSizeInKiB() != null
                        ? request.maxRecordSizeInKiB()
                        : Stream.DEFAULT_MAX_RECORD_SIZE_IN_KIB,
                warm,
                tags);
        lifecycle.create(draft, this::checkNewStream);
    }

    public void deleteStream(DeleteStreamRequest request) {
        Stream stream = resolver.resolve(request.streamName(), request.streamARN(), request.streamId());
        boolean withConsumers = Boolean.TRUE.equals(request.enforceConsumerDeletion());
        lifecycle.delete(stream, now -> checkDeletable(now, withConsumers));
    }

    private void checkDeletable(Stream stream, boolean withConsumers) {
        if (stream.status() == StreamStatus.CREATING || stream.status() == StreamStatus.DELETING) {
            throw KinesisErrors.streamNotActive(
                    stream.name(), catalog.naming().accountId(), stream.status().toString());
        }
        int registered = consumers.count(stream);
        if (registered > 0 && !withConsumers) {
            throw KinesisErrors.resourceInUse("Stream " + stream.name() + " under account "
                    + catalog.naming().accountId() + " has " + registered
                    + " registered consumers. Deregister them, or set EnforceConsumerDeletion, to delete the stream.");
        }
    }

    public DescribeStreamResponse describeStream(DescribeStreamRequest request) {
        Stream stream = resolver.resolve(request.streamName(), request.streamARN(), request.streamId());
        int limit = request.limit() != null ? Math.min(request.limit(), MOST_DESCRIBED) : MOST_DESCRIBED;
        int after = resolver.indexBefore(request.exclusiveStartShardId(), stream);
        List<Shard> shards = ShardListing.visible(stream, shard -> shard.index() > after);
        return DescribeStreamResponse.builder()
                .streamDescription(Descriptions.stream(
                        stream,
                        shards.stream().limit(limit).map(Descriptions::shard).toList(),
                        shards.size() > limit))
                .build();
    }

    public DescribeStreamSummaryResponse describeStreamSummary(DescribeStreamSummaryRequest request) {
        Stream stream = resolver.resolve(request.streamName(), request.streamARN(), request.streamId());
        return DescribeStreamSummaryResponse.builder()
                .streamDescriptionSummary(Descriptions.summary(stream, consumers.count(stream)))
                .build();
    }

    private static StreamMode defaultMode(@Nullable Integer shardCount) {
        return shardCount == null ? StreamMode.ON_DEMAND : StreamMode.PROVISIONED;
    }

    private void checkNewStream(StreamDraft draft) {
        if (catalog.find(draft.name()).isPresent()) {
            throw KinesisErrors.streamExists(draft.name(), catalog.naming().accountId());
        }
        if (StreamNaming.isInternal(draft.name())) {
            return;
        }
        if (draft.mode() == StreamMode.ON_DEMAND) {
            limits.checkOnDemandStreams(1);
        } else {
            limits.checkShards(draft.shardCount());
        }
    }
}
