package io.riacho.firehose.deliverystream;

import io.riacho.firehose.error.FirehoseErrors;
import java.time.Instant;
import java.util.Collection;
import java.util.EnumMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;

/** Finds the source that a request asks for. */
final class Sources {

    private final Map<DeliveryStreamType, SourceCheck> checks = new EnumMap<>(DeliveryStreamType.class);

    Sources(Collection<SourceCheck> checks) {
        for (SourceCheck check : checks) {
            if (this.checks.put(check.type(), check) != null) {
                throw new IllegalArgumentException("Two checks are of sources of type " + check.type());
            }
        }
    }

    /** @throws io.riacho.protocol.AwsException InvalidArgumentException where it is not supported, or not told completely */
    Source requested(CreateDeliveryStreamRequest request, Instant now) {
        DeliveryStreamType type = request.deliveryStreamTypeAsString() == null
                ? DeliveryStreamType.DIRECT_PUT
                : request.deliveryStreamType();
        if (type == DeliveryStreamType.DATABASE_AS_SOURCE || request.databaseSourceConfiguration() != null) {
            throw FirehoseErrors.notSupported("source Database (DatabaseSourceConfiguration)");
        }
        refuseOther(
                "DirectPutSourceConfiguration",
                request.directPutSourceConfiguration(),
                DeliveryStreamType.DIRECT_PUT,
                type);
        refuseOther(
                "KinesisStreamSourceConfiguration",
                request.kinesisStreamSourceConfiguration(),
                DeliveryStreamType.KINESIS_STREAM_AS_SOURCE,
                type);
        refuseOther("MSKSourceConfiguration", request.mskSourceConfiguration(), DeliveryStreamType.MSK_AS_SOURCE, type);
        Source source = source(request, type, now);
        SourceCheck check = checks.get(type);
        if (check != null) {
            check.check(source);
        } else if (type != DeliveryStreamType.DIRECT_PUT) {
            throw FirehoseErrors.notSupported("source " + type);
        }
        return source;
    }

    private static Source source(CreateDeliveryStreamRequest request, DeliveryStreamType type, Instant now) {
        return switch (type) {
            case KINESIS_STREAM_AS_SOURCE -> {
                var stream = request.kinesisStreamSourceConfiguration();
                if (stream == null) {
                    throw FirehoseErrors.invalidArgument(
                            "KinesisSourceStreamConfig is mandatory for KinesisStreamAsSource stream type.");
                }
                yield new Source.KinesisStream(stream.kinesisStreamARN(), stream.roleARN(), now);
            }
            case MSK_AS_SOURCE -> {
                if (request.mskSourceConfiguration() == null) {
                    throw FirehoseErrors.invalidArgument("MSKSourceConfig is mandatory for MSK as Source stream type.");
                }
                yield new Source.Kafka(request.mskSourceConfiguration(), now);
            }
            default ->
                new Source.DirectPut(
                        request.directPutSourceConfiguration() == null
                                ? null
                                : request.directPutSourceConfiguration().throughputHintInMBs());
        };
    }

    /** AWS stores such a configuration and ignores it. */
    private static void refuseOther(
            String member, @Nullable Object configuration, DeliveryStreamType of, DeliveryStreamType type) {
        if (configuration != null && type != of) {
            throw FirehoseErrors.invalidArgument(
                    member + " can only be given with the DeliveryStreamType " + of + ", not with " + type + ".");
        }
    }
}
