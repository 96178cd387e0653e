package io.riacho.firehose.delivery;

import io.riacho.access.KinesisClients;
import io.riacho.firehose.access.SourceCredentials;
import io.riacho.firehose.deliverystream.DeliveryStream;
import io.riacho.firehose.deliverystream.DeliveryStreams;
import io.riacho.firehose.deliverystream.DestinationTypes;
import io.riacho.firehose.deliverystream.Source;
import io.riacho.firehose.destination.BufferHints;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.s3.BucketBackup;
import io.riacho.firehose.destination.s3.BucketErrors;
import io.riacho.firehose.destination.s3.Buckets;
import io.riacho.firehose.directput.InternalStreams;
import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.processing.Processing;
import io.riacho.firehose.source.RecordSource;
import io.riacho.firehose.source.kafka.KafkaSources;
import io.riacho.firehose.source.kinesis.KinesisSource;
import io.riacho.firehose.source.kinesis.Subscriptions;
import io.riacho.firehose.usage.MeteredDelivery;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ProcessorType;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/** Makes delivery streams ready to run, as they are configured. Safe for use by many threads. */
public final class StreamSetups {

    /** A consumer's name may have 128 characters, a delivery stream's 64. */
    private static final String CONSUMER = "riacho.firehose.";

    private static final int MANY_RECORDS = 500;
    /** Each may become 16 MiB when it is decompressed. */
    private static final int FEW_RECORDS = 16;

    private final DeliveryStreams streams;
    private final DestinationTypes destinations;
    private final ProcessingFactory processings;
    private final Buckets buckets;
    private final KinesisClients kinesis;
    private final SourceCredentials credentials;
    private final InternalStreams internalStreams;
    private final KafkaSources kafka;
    private final Subscriptions subscriptions;
    private final int maxPartitions;

    /** @param streams to be asked for what configurations were before */
    public StreamSetups(
            DeliveryStreams streams,
            DestinationTypes destinations,
            ProcessingFactory processings,
            Buckets buckets,
            KinesisClients kinesis,
            SourceCredentials credentials,
            InternalStreams internalStreams,
            KafkaSources kafka,
            Subscriptions subscriptions,
            int maxPartitions) {
        this.streams = streams;
        this.destinations = destinations;
        this.processings = processings;
        this.buckets = buckets;
        this.kinesis = kinesis;
        this.credentials = credentials;
        this.internalStreams = internalStreams;
        this.kafka = kafka;
        this.subscriptions = subscriptions;
        this.maxPartitions = maxPartitions;
    }

    StreamSetup open(DeliveryStream stream) throws InterruptedException {
        DestinationPlan plan = destinations.plan(stream.destination());
        Processing processing = processings.open(
                stream.asTold(), plan.processing(), plan.dynamicPartitioning(), keys(stream.destination()));
        S3DestinationConfiguration backup = plan.backup();
        return new StreamSetup(
                stream.id(),
                stream.asTold(),
                stream.versionId(),
                source(stream, has(plan, ProcessorType.LAMBDA)),
                processing,
                destinations.open(stream.asTold(), stream.destination()),
                new FormerDestinations(version -> streams.destination(stream.id(), Long.parseLong(version))
                        .map(former -> destinations.open(stream.asTold(), former))),
                plan,
                new LanePlan(
                        plan.hints(),
                        plan.backsUpAll() && backup != null ? hints(backup, plan.hints()) : null,
                        backup == null ? plan.hints() : hints(backup, plan.hints()),
                        maxPartitions),
                has(plan, ProcessorType.DECOMPRESSION) ? FEW_RECORDS : MANY_RECORDS,
                backup(plan),
                errors(stream, plan),
                metered(stream, plan));
    }

    private static MeteredDelivery metered(DeliveryStream stream, DestinationPlan plan) {
        return new MeteredDelivery(
                stream.id(),
                stream.name(),
                stream.source() instanceof Source.DirectPut,
                !(stream.source() instanceof Source.Kafka),
                stream.destination() instanceof ExtendedS3DestinationConfiguration bucket
                        && bucket.dataFormatConversionConfiguration() != null
                        && !Boolean.FALSE.equals(
                                bucket.dataFormatConversionConfiguration().enabled()),
                plan.dynamicPartitioning());
    }

    /** Removes what the source keeps for the delivery stream. */
    void forget(DeliveryStream stream) throws InterruptedException {
        switch (stream.source()) {
            case Source.DirectPut _ -> internalStreams.delete(stream);
            case Source.KinesisStream source -> {
                try (KinesisSource kinesisSource = kinesisSource(stream, source, false)) {
                    kinesisSource.forget();
                }
            }
            case Source.Kafka _ -> {}
        }
    }

    private RecordSource source(DeliveryStream stream, boolean metadata) throws InterruptedException {
        return switch (stream.source()) {
            case Source.DirectPut _ ->
                new KinesisSource(
                        kinesis.of(credentials.own()),
                        internalStreams.arnOf(stream),
                        null,
                        CONSUMER + "own",
                        subscriptions,
                        false);
            case Source.KinesisStream source -> kinesisSource(stream, source, metadata);
            case Source.Kafka source -> kafka.open(stream, source, metadata);
        };
    }

    private KinesisSource kinesisSource(DeliveryStream stream, Source.KinesisStream source, boolean metadata) {
        return new KinesisSource(
                kinesis.of(credentials.of(stream, source.roleArn())),
                source.streamArn(),
                source.startedAt(),
                CONSUMER + stream.name(),
                subscriptions,
                metadata);
    }

    private static @Nullable ObjectKeys keys(SdkPojo destination) {
        return destination instanceof ExtendedS3DestinationConfiguration bucket
                ? ObjectKeys.of(bucket.prefix(), bucket.errorOutputPrefix(), bucket.customTimeZone())
                : null;
    }

    private @Nullable BucketBackup backup(DestinationPlan plan) {
        return plan.backsUpAll() ? buckets.backup(Objects.requireNonNull(plan.backup(), "a bucket")) : null;
    }

    private BucketErrors errors(DeliveryStream stream, DestinationPlan plan) {
        return stream.destination() instanceof ExtendedS3DestinationConfiguration bucket
                ? buckets.errors(bucket)
                : buckets.errors(Objects.requireNonNull(plan.backup(), "a bucket"));
    }

    private static BufferHints hints(S3DestinationConfiguration bucket, BufferHints otherwise) {
        return bucket.bufferingHints() == null
                ? otherwise
                : BufferHints.of(
                        bucket.bufferingHints().sizeInMBs(),
                        bucket.bufferingHints().intervalInSeconds());
    }

    private static boolean has(DestinationPlan plan, ProcessorType type) {
        return plan.processing() != null
                && Boolean.TRUE.equals(plan.processing().enabled())
                && plan.processing().processors().stream().anyMatch(processor -> processor.type() == type);
    }
}
