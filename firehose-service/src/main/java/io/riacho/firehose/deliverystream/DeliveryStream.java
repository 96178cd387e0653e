package io.riacho.firehose.deliverystream;

import io.riacho.firehose.destination.DeliveryStreamName;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;

/**
 * A delivery stream as it is at one time.
 *
 * @param id of this delivery stream; one that is made later under the same name has another
 * @param updatedAt when its destination was changed last; null where it never was
 * @param version of its destination, from 1
 * @param destination the complete {@code …DestinationConfiguration}; holds secrets
 * @param failure why it could not be created, or what is wrong with its delivery; null where nothing is
 * @param encryptionCalls when encryption was started and stopped within the last day
 */
public record DeliveryStream(
        UUID id,
        String name,
        String arn,
        String region,
        Instant createdAt,
        @Nullable Instant updatedAt,
        DeliveryStreamStatus status,
        long version,
        Source source,
        SdkPojo destination,
        EncryptionState encryption,
        @Nullable Failure failure,
        Map<String, String> tags,
        List<Instant> encryptionCalls) {

    public DeliveryStream {
        tags = Map.copyOf(tags);
        encryptionCalls = List.copyOf(encryptionCalls);
    }

    public DeliveryStreamType type() {
        return source.type();
    }

    public boolean isActive() {
        return status == DeliveryStreamStatus.ACTIVE;
    }

    /** The version as the API writes it. */
    public String versionId() {
        return Long.toString(version);
    }

    /** As destinations and functions are told of it. */
    public DeliveryStreamName asTold() {
        return new DeliveryStreamName(name, arn, region);
    }

    /** Whether somebody has to lead it into another state. */
    boolean isPassing() {
        return switch (status) {
            case CREATING, DELETING -> true;
            case ACTIVE -> encryption.isChanging();
            default -> false;
        };
    }

    DeliveryStream with(DeliveryStreamStatus newStatus, @Nullable Failure newFailure) {
        return copy(updatedAt, newStatus, version, destination, encryption, newFailure, tags, encryptionCalls);
    }

    DeliveryStream with(EncryptionState newEncryption) {
        return with(newEncryption, encryptionCalls);
    }

    DeliveryStream with(EncryptionState newEncryption, List<Instant> newCalls) {
        return copy(updatedAt, status, version, destination, newEncryption, failure, tags, newCalls);
    }

    DeliveryStream withTags(Map<String, String> newTags) {
        return copy(updatedAt, status, version, destination, encryption, failure, newTags, encryptionCalls);
    }

    /** The next version. */
    DeliveryStream withDestination(SdkPojo newDestination, Instant now) {
        return copy(now, status, version + 1, newDestination, encryption, failure, tags, encryptionCalls);
    }

    /** With all that may change. */
    private DeliveryStream copy(
            @Nullable Instant newUpdatedAt,
            DeliveryStreamStatus newStatus,
            long newVersion,
            SdkPojo newDestination,
            EncryptionState newEncryption,
            @Nullable Failure newFailure,
            Map<String, String> newTags,
            List<Instant> newCalls) {
        return new DeliveryStream(
                id,
                name,
                arn,
                region,
                createdAt,
                newUpdatedAt,
                newStatus,
                newVersion,
                source,
                newDestination,
                newEncryption,
                newFailure,
                newTags,
                newCalls);
    }

    /** Without the destination, whose secrets would be shown. */
    @Override
    public String toString() {
        return name + " (" + id + ", " + status + ", version " + version + ")";
    }
}
