package io.riacho.streams.consumer;

import io.riacho.policy.NamedPolicy;
import io.riacho.streams.stream.ResourcePermissions;
import java.time.Instant;
import java.util.Map;
import java.util.SortedMap;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ConsumerStatus;

/**
 * A consumer as it was at one moment. Immutable.
 *
 * @param id never used twice, unlike the name
 * @param tags in the order of their keys
 * @param permissions what callers need, made of the tags and of the consumer's policy
 */
public record Consumer(
        long id,
        long streamId,
        String streamName,
        String name,
        String arn,
        Instant createdAt,
        ConsumerStatus status,
        SortedMap<String, String> tags,
        ResourcePermissions permissions) {

    /** The consumer's own policy; null where it has none. */
    public @Nullable NamedPolicy policy() {
        return permissions.policy();
    }

    public boolean isActive() {
        return status == ConsumerStatus.ACTIVE;
    }

    static String arn(String streamArn, String name, Instant createdAt) {
        return streamArn + "/consumer/" + name + ':' + createdAt.getEpochSecond();
    }

    Consumer withStatus(ConsumerStatus newStatus) {
        return new Consumer(id, streamId, streamName, name, arn, createdAt, newStatus, tags, permissions);
    }

    Consumer withTags(Map<String, String> newTags) {
        return new Consumer(
                id,
                streamId,
                streamName,
                name,
                arn,
                createdAt,
                status,
                ConsumerStore.sorted(newTags),
                permissions.with(newTags, policy()));
    }

    /** @param policy null to take it away */
    Consumer withPolicy(@Nullable NamedPolicy policy) {
        return new Consumer(
                id, streamId, streamName, name, arn, createdAt, status, tags, permissions.with(tags, policy));
    }
}
