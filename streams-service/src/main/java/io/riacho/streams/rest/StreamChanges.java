package io.riacho.streams.rest;

import io.riacho.protocol.RequestContext;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.rest.StreamForms.Created;
import io.riacho.streams.rest.StreamForms.StreamPatch;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.ScalingType;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;
import software.amazon.awssdk.services.kinesis.model.UpdateMaxRecordSizeRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountRequest;
import software.amazon.awssdk.services.kinesis.model.UpdateShardCountResponse;
import software.amazon.awssdk.services.kinesis.model.UpdateStreamModeRequest;

/** Finds the operations that make a stream what a REST client wants it to be. */
public final class StreamChanges {

    private static final Duration CREATION = Duration.ofSeconds(20);

    private final KinesisCalls kinesis;
    private final StreamCatalog catalog;

    public StreamChanges(KinesisCalls kinesis, StreamCatalog catalog) {
        this.kinesis = kinesis;
        this.catalog = catalog;
    }

    /**
     * Creates a stream. With a retention period that takes two operations, the second once the stream is ACTIVE; whether
     * it is allowed is seen to before the first. After a crash in between the stream has the usual retention period.
     */
    Created create(CreateStreamRequest request, @Nullable Integer retentionHours, RequestContext context) {
        String name = request.streamName();
        if (name == null) {
            throw KinesisErrors.validation("'name' is missing.");
        }
        if (retentionHours == null) {
            kinesis.call(request, context);
            return created(name, StreamStatus.CREATING);
        }
        if (retentionHours < Stream.DEFAULT_RETENTION_HOURS) {
            throw KinesisErrors.invalidArgument(
                    "'retentionHours' has to be at least " + Stream.DEFAULT_RETENTION_HOURS + ".");
        }
        var increase = IncreaseStreamRetentionPeriodRequest.builder()
                .streamName(name)
                .retentionPeriodHours(retentionHours)
                .build();
        kinesis.require(increase, context);
        CountDownLatch active = new CountDownLatch(1);
        try (var _ = catalog.onChange(changed -> {
            if (changed.name().equals(name) && changed.status() == StreamStatus.ACTIVE) {
                active.countDown();
            }
        })) {
            kinesis.call(request, context);
            if (!active.await(CREATION.toMillis(), TimeUnit.MILLISECONDS)) {
                throw KinesisErrors.resourceInUse("Stream " + name + " was created, but it is not ACTIVE yet: its"
                        + " retention period has to be set later.");
            }
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
            throw KinesisErrors.internalFailure("The server is stopping.");
        }
        kinesis.call(increase, context);
        return created(name, StreamStatus.ACTIVE);
    }

    /** Changes one thing: each is an operation of its own, and two of them could not be done as one. */
    void change(String name, StreamPatch patch, RequestContext context) {
        long wanted = java.util.stream.Stream.of(
                        patch.mode(), patch.shardCount(), patch.retentionHours(), patch.maxRecordSizeKiB())
                .filter(Objects::nonNull)
                .count();
        if (wanted != 1) {
            throw KinesisErrors.validation("Exactly one of 'mode', 'shardCount', 'retentionHours' and"
                    + " 'maxRecordSizeKiB' can be changed at a time.");
        }
        if (patch.mode() != null) {
            kinesis.call(
                    UpdateStreamModeRequest.builder()
                            .streamARN(arn(name))
                            .streamModeDetails(StreamsController.mode(patch.mode()))
                            .build(),
                    context);
        } else if (patch.shardCount() != null) {
            UpdateShardCountResponse unused = kinesis.call(
                    UpdateShardCountRequest.builder()
                            .streamName(name)
                            .targetShardCount(patch.shardCount())
                            .scalingType(ScalingType.UNIFORM_SCALING)
                            .build(),
                    UpdateShardCountResponse.class,
                    context);
        } else if (patch.retentionHours() != null) {
            changeRetention(name, patch.retentionHours(), context);
        } else {
            kinesis.call(
                    UpdateMaxRecordSizeRequest.builder()
                            .streamARN(arn(name))
                            .maxRecordSizeInKiB(patch.maxRecordSizeKiB())
                            .build(),
                    context);
        }
    }

    private void changeRetention(String name, int hours, RequestContext context) {
        int present = kinesis.call(
                        DescribeStreamSummaryRequest.builder().streamName(name).build(),
                        DescribeStreamSummaryResponse.class,
                        context)
                .streamDescriptionSummary()
                .retentionPeriodHours();
        kinesis.call(
                hours >= present
                        ? IncreaseStreamRetentionPeriodRequest.builder()
                                .streamName(name)
                                .retentionPeriodHours(hours)
                                .build()
                        : DecreaseStreamRetentionPeriodRequest.builder()
                                .streamName(name)
                                .retentionPeriodHours(hours)
                                .build(),
                context);
    }

    private Created created(String name, StreamStatus status) {
        return new Created(name, arn(name), status.toString());
    }

    private String arn(String name) {
        return catalog.naming().arnOf(name);
    }
}
