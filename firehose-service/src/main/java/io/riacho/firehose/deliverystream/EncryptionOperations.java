package io.riacho.firehose.deliverystream;

import io.riacho.firehose.error.FirehoseErrors;
import io.riacho.protocol.RequestContext;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionConfigurationInput;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.KeyType;
import software.amazon.awssdk.services.firehose.model.StartDeliveryStreamEncryptionRequest;
import software.amazon.awssdk.services.firehose.model.StartDeliveryStreamEncryptionResponse;
import software.amazon.awssdk.services.firehose.model.StopDeliveryStreamEncryptionRequest;
import software.amazon.awssdk.services.firehose.model.StopDeliveryStreamEncryptionResponse;

/** StartDeliveryStreamEncryption and StopDeliveryStreamEncryption. */
public final class EncryptionOperations {

    /** Starts and stops together, for a delivery stream in 24 hours. */
    private static final int MOST_CALLS = 25;

    private static final Duration DAY = Duration.ofDays(1);
    private static final DeliveryStreamEncryptionConfigurationInput OWN_KEY =
            DeliveryStreamEncryptionConfigurationInput.builder()
                    .keyType(KeyType.AWS_OWNED_CMK)
                    .build();

    private final DeliveryStreams streams;
    private final SourceKeys keys;
    private final InstantSource clock;

    EncryptionOperations(DeliveryStreams streams, SourceKeys keys, InstantSource clock) {
        this.streams = streams;
        this.keys = keys;
        this.clock = clock;
    }

    /** Of an encrypted delivery stream, it changes the key. */
    public StartDeliveryStreamEncryptionResponse startDeliveryStreamEncryption(
            StartDeliveryStreamEncryptionRequest request, RequestContext context) {
        DeliveryStream known = streams.get(request.deliveryStreamName());
        DeliveryStreamEncryptionConfigurationInput input = request.deliveryStreamEncryptionConfigurationInput();
        SourceKey key = keys.requested(input == null ? OWN_KEY : input, known.type(), known.arn(), context);
        DeliveryStream unused = streams.change(known.name(), stream -> {
            requireChangeable(stream);
            return stream.with(stream.encryption().enabling(key), called(stream));
        });
        return StartDeliveryStreamEncryptionResponse.builder().build();
    }

    public StopDeliveryStreamEncryptionResponse stopDeliveryStreamEncryption(
            StopDeliveryStreamEncryptionRequest request) {
        DeliveryStream unused = streams.change(request.deliveryStreamName(), stream -> {
            requireChangeable(stream);
            return stream.encryption().status() == DeliveryStreamEncryptionStatus.DISABLED
                    ? stream
                    : stream.with(stream.encryption().disabling(), called(stream));
        });
        return StopDeliveryStreamEncryptionResponse.builder().build();
    }

    private void requireChangeable(DeliveryStream stream) {
        SourceKeys.requireDirectPut(stream.type());
        if (!stream.isActive()) {
            throw FirehoseErrors.notActive(
                    stream.name(), streams.naming().accountId(), stream.status().toString());
        }
        if (stream.encryption().isChanging()) {
            throw FirehoseErrors.resourceInUse("The encryption of Firehose " + stream.name() + " under accountId "
                    + streams.naming().accountId() + " is "
                    + stream.encryption().status() + " at this time.");
        }
    }

    private List<Instant> called(DeliveryStream stream) {
        Instant now = clock.instant();
        List<Instant> calls = new ArrayList<>(stream.encryptionCalls());
        calls.removeIf(call -> !call.isAfter(now.minus(DAY)));
        if (calls.size() >= MOST_CALLS) {
            throw FirehoseErrors.limitExceeded("Encryption of Firehose " + stream.name()
                    + " can be started and stopped " + MOST_CALLS + " times in 24 hours.");
        }
        calls.add(now);
        return calls;
    }
}
