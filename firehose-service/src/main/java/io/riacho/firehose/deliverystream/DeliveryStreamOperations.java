package io.riacho.firehose.deliverystream;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamResponse;
import software.amazon.awssdk.services.firehose.model.DeleteDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DeleteDeliveryStreamResponse;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DescribeDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DescribeDeliveryStreamResponse;
import software.amazon.awssdk.services.firehose.model.ListDeliveryStreamsRequest;
import software.amazon.awssdk.services.firehose.model.ListDeliveryStreamsResponse;
import software.amazon.awssdk.services.firehose.model.UpdateDestinationRequest;
import software.amazon.awssdk.services.firehose.model.UpdateDestinationResponse;

/** Makes, describes, changes and deletes delivery streams. */
public final class DeliveryStreamOperations {

    private static final int PAGE = 10;

    private final DeliveryStreams streams;
    private final DestinationTypes destinations;
    private final Sources sources;
    private final SourceKeys keys;
    private final InstantSource clock;

    DeliveryStreamOperations(
            DeliveryStreams streams,
            DestinationTypes destinations,
            Sources sources,
            SourceKeys keys,
            InstantSource clock) {
        this.streams = streams;
        this.destinations = destinations;
        this.sources = sources;
        this.keys = keys;
        this.clock = clock;
    }

    public CreateDeliveryStreamResponse createDeliveryStream(
            CreateDeliveryStreamRequest request, RequestContext context) {
        Instant now = now();
        String name = request.deliveryStreamName();
        String arn = streams.naming().arnOf(name);
        Source source = sources.requested(request, now);
        EncryptionState encryption = request.deliveryStreamEncryptionConfigurationInput() == null
                ? EncryptionState.OFF
                : EncryptionState.OFF.enabling(keys.requested(
                        request.deliveryStreamEncryptionConfigurationInput(), source.type(), arn, context));
        DeliveryStream created = streams.create(new DeliveryStream(
                UUID.randomUUID(),
                name,
                arn,
                streams.naming().region(),
                now,
                null,
                DeliveryStreamStatus.CREATING,
                1,
                source,
                destinations.requested(
                        new DeliveryStreamName(name, arn, streams.naming().region()), request),
                encryption,
                null,
                Tags.of(request.tags()),
                List.of()));
        return CreateDeliveryStreamResponse.builder()
                .deliveryStreamARN(created.arn())
                .build();
    }

    /** AllowForceDelete is about grants of KMS that cannot be retired; there are none here, so it asks for nothing more. */
    public DeleteDeliveryStreamResponse deleteDeliveryStream(DeleteDeliveryStreamRequest request) {
        DeliveryStream unused = streams.change(request.deliveryStreamName(), stream -> switch (stream.status()) {
            case DELETING -> stream;
            case CREATING -> throw notActive(stream);
            default -> stream.with(DeliveryStreamStatus.DELETING, null);
        });
        return DeleteDeliveryStreamResponse.builder().build();
    }

    public DescribeDeliveryStreamResponse describeDeliveryStream(DescribeDeliveryStreamRequest request) {
        return DescribeDeliveryStreamResponse.builder()
                .deliveryStreamDescription(Descriptions.of(
                        streams.get(request.deliveryStreamName()), request.exclusiveStartDestinationId()))
                .build();
    }

    public ListDeliveryStreamsResponse listDeliveryStreams(ListDeliveryStreamsRequest request) {
        int limit = request.limit() == null ? PAGE : request.limit();
        String behind = request.exclusiveStartDeliveryStreamName();
        String type = request.deliveryStreamTypeAsString();
        List<String> found = streams.all().stream()
                .filter(stream -> behind == null || stream.name().compareTo(behind) > 0)
                .filter(stream -> type == null || stream.type().toString().equals(type))
                .map(DeliveryStream::name)
                .limit(limit + 1L)
                .toList();
        boolean more = found.size() > limit;
        return ListDeliveryStreamsResponse.builder()
                .deliveryStreamNames(more ? found.subList(0, limit) : found)
                .hasMoreDeliveryStreams(more)
                .build();
    }

    public UpdateDestinationResponse updateDestination(UpdateDestinationRequest request) {
        String name = request.deliveryStreamName();
        DeliveryStream known = streams.read(name)
                .orElseThrow(
                        () -> FirehoseErrors.notFound(name, streams.naming().accountId()));
        requireUpdatable(known, request);
        SdkPojo destination = destinations.updated(known.asTold(), known.destination(), request);
        DeliveryStream unused = streams.change(name, stream -> {
            requireUpdatable(stream, request);
            if (!stream.id().equals(known.id())) {
                throw FirehoseErrors.otherVersion(request.currentDeliveryStreamVersionId(), name, stream.versionId());
            }
            return stream.withDestination(destination, now());
        });
        return UpdateDestinationResponse.builder().build();
    }

    private void requireUpdatable(DeliveryStream stream, UpdateDestinationRequest request) {
        if (!stream.isActive()) {
            throw notActive(stream);
        }
        if (!stream.versionId().equals(request.currentDeliveryStreamVersionId())) {
            throw FirehoseErrors.otherVersion(
                    request.currentDeliveryStreamVersionId(), stream.name(), stream.versionId());
        }
        if (!request.destinationId().equals(Descriptions.DESTINATION_ID)) {
            throw FirehoseErrors.invalidArgument("Destination Id " + request.destinationId() + " not found");
        }
    }

    private AwsException notActive(DeliveryStream stream) {
        return FirehoseErrors.notActive(
                stream.name(), streams.naming().accountId(), stream.status().toString());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }
}
