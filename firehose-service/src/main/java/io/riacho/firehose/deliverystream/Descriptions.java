package io.riacho.firehose.deliverystream;

import io.riacho.protocol.shape.Shape;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkField;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionConfiguration;
import software.amazon.awssdk.services.firehose.model.DestinationDescription;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationDescription;
import software.amazon.awssdk.services.firehose.model.MSKSourceDescription;
import software.amazon.awssdk.services.firehose.model.S3DestinationDescription;
import software.amazon.awssdk.services.firehose.model.SourceDescription;

/** What the API tells of delivery streams. Secrets are not told, but for Splunk's token, which AWS tells, too. */
final class Descriptions {

    /** A delivery stream has one destination, which is always called this. */
    static final String DESTINATION_ID = "destinationId-000000000001";

    private static final String CONFIGURATION = "Configuration";
    private static final String DESCRIPTION = "Description";

    private Descriptions() {}

    /** @param behind the id of a destination that is not to be told any more; null to tell all */
    static DeliveryStreamDescription of(DeliveryStream stream, @Nullable String behind) {
        Failure failure = stream.failure();
        return DeliveryStreamDescription.builder()
                .deliveryStreamName(stream.name())
                .deliveryStreamARN(stream.arn())
                .deliveryStreamStatus(stream.status())
                .deliveryStreamType(stream.type())
                .deliveryStreamEncryptionConfiguration(encryption(stream.encryption()))
                .failureDescription(failure == null ? null : failure.description())
                .versionId(stream.versionId())
                .createTimestamp(stream.createdAt())
                .lastUpdateTimestamp(stream.updatedAt())
                .source(source(stream.source()))
                .destinations(
                        behind == null || DESTINATION_ID.compareTo(behind) > 0
                                ? List.of(destination(stream.destination()))
                                : List.of())
                .hasMoreDestinations(false)
                .build();
    }

    /** @param configuration a complete one */
    static DestinationDescription destination(SdkPojo configuration) {
        String name = configuration.getClass().getSimpleName();
        String member = name.substring(0, name.length() - CONFIGURATION.length()) + DESCRIPTION;
        SdkPojo builder = DestinationDescription.builder().destinationId(DESTINATION_ID);
        for (SdkField<?> field : builder.sdkFields()) {
            if (field.locationName().equals(member)) {
                Class<? extends SdkPojo> type =
                        Shape.build(field.constructor().get()).getClass();
                field.set(builder, ConfigurationShapes.describe(configuration, type));
            }
        }
        DestinationDescription described = (DestinationDescription) Shape.build(builder);
        ExtendedS3DestinationDescription extended = described.extendedS3DestinationDescription();
        return extended == null
                ? described
                : described.toBuilder()
                        .s3DestinationDescription(
                                ConfigurationShapes.describePart(extended, S3DestinationDescription.class))
                        .build();
    }

    private static DeliveryStreamEncryptionConfiguration encryption(EncryptionState state) {
        SourceKey key = state.wanted() != null ? state.wanted() : state.key();
        Failure failure = state.failure();
        var described = DeliveryStreamEncryptionConfiguration.builder().status(state.status());
        if (key != null) {
            described.keyType(key.type()).keyARN(key.arn());
        }
        return described
                .failureDescription(failure == null ? null : failure.description())
                .build();
    }

    /** Null for Direct PUT without a hint. */
    private static @Nullable SourceDescription source(Source source) {
        return switch (source) {
            case Source.DirectPut(Integer hint) ->
                hint == null
                        ? null
                        : SourceDescription.builder()
                                .directPutSourceDescription(direct -> direct.throughputHintInMBs(hint))
                                .build();
            case Source.KinesisStream stream ->
                SourceDescription.builder()
                        .kinesisStreamSourceDescription(kinesis -> kinesis.kinesisStreamARN(stream.streamArn())
                                .roleARN(stream.roleArn())
                                .deliveryStartTimestamp(stream.startedAt()))
                        .build();
            case Source.Kafka kafka ->
                SourceDescription.builder()
                        .mskSourceDescription(
                                ConfigurationShapes.describe(kafka.configuration(), MSKSourceDescription.class)
                                        .toBuilder()
                                        .deliveryStartTimestamp(kafka.startedAt())
                                        .build())
                        .build();
        };
    }
}
