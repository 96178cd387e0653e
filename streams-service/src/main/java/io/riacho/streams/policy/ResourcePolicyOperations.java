package io.riacho.streams.policy;

import io.riacho.policy.NamedPolicy;
import io.riacho.protocol.AwsException;
import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.kinesis.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.kinesis.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.kinesis.model.PutResourcePolicyRequest;

/**
 * PutResourcePolicy, GetResourcePolicy and DeleteResourcePolicy, of streams and of consumers. A change counts for the next
 * request.
 */
public final class ResourcePolicyOperations {

    private static final String NO_POLICY = "{}";

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final ConsumerCatalog consumers;

    public ResourcePolicyOperations(StreamCatalog catalog, StreamResolver resolver, ConsumerCatalog consumers) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.consumers = consumers;
    }

    public void putResourcePolicy(PutResourcePolicyRequest request) {
        String arn = request.resourceARN();
        if (StreamResolver.isConsumer(arn)) {
            NamedPolicy policy =
                    ResourcePolicies.parse(request.policy(), consumers.get(arn).arn());
            consumers.setPolicy(arn, _ -> policy);
            return;
        }
        Stream stream = resolver.resolve(null, arn, request.streamId());
        NamedPolicy policy = ResourcePolicies.parse(request.policy(), stream.arn());
        catalog.change(
                stream,
                now -> resolver.requireActive(now).changed().policy(policy).done());
    }

    public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
        String arn = request.resourceARN();
        NamedPolicy policy = StreamResolver.isConsumer(arn)
                ? consumers.get(arn).policy()
                : resolver.resolve(null, arn, request.streamId()).policy();
        return GetResourcePolicyResponse.builder()
                .policy(policy == null ? NO_POLICY : policy.document().text())
                .build();
    }

    public void deleteResourcePolicy(DeleteResourcePolicyRequest request) {
        String arn = request.resourceARN();
        if (StreamResolver.isConsumer(arn)) {
            consumers.setPolicy(arn, now -> {
                requirePolicy(now.policy(), now.arn());
                return null;
            });
            return;
        }
        Stream stream = resolver.resolve(null, arn, request.streamId());
        catalog.change(stream, now -> {
            resolver.requireActive(now);
            requirePolicy(now.policy(), now.arn());
            return now.changed().policy(null).done();
        });
    }

    private static void requirePolicy(@Nullable NamedPolicy policy, String arn) {
        if (policy == null) {
            throw noPolicy(arn);
        }
    }

    private static AwsException noPolicy(String arn) {
        return KinesisErrors.notFound("No resource policy found for resource " + arn + ".");
    }
}
