package io.riacho.streams.policy;

import io.riacho.policy.NamedPolicy;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import software.amazon.awssdk.services.kinesis.model.DeleteResourcePolicyRequest;
import software.amazon.awssdk.services.kinesis.model.GetResourcePolicyRequest;
import software.amazon.awssdk.services.kinesis.model.GetResourcePolicyResponse;
import software.amazon.awssdk.services.kinesis.model.PutResourcePolicyRequest;

/** PutResourcePolicy, GetResourcePolicy and DeleteResourcePolicy. A change counts for the next request. */
public final class ResourcePolicyOperations {

    private static final String NO_POLICY = "{}";

    private final StreamCatalog catalog;
    private final StreamResolver resolver;

    public ResourcePolicyOperations(StreamCatalog catalog, StreamResolver resolver) {
        this.catalog = catalog;
        this.resolver = resolver;
    }

    public void putResourcePolicy(PutResourcePolicyRequest request) {
        Stream stream = resolver.resolveResource(request.resourceARN(), request.streamId());
        NamedPolicy policy = ResourcePolicies.parse(request.policy(), stream.arn());
        catalog.change(
                stream,
                now -> resolver.requireActive(now).changed().policy(policy).done());
    }

    public GetResourcePolicyResponse getResourcePolicy(GetResourcePolicyRequest request) {
        NamedPolicy policy = resolver.resolveResource(request.resourceARN(), request.streamId())
                .policy();
        return GetResourcePolicyResponse.builder()
                .policy(policy == null ? NO_POLICY : policy.document().text())
                .build();
    }

    public void deleteResourcePolicy(DeleteResourcePolicyRequest request) {
        Stream stream = resolver.resolveResource(request.resourceARN(), request.streamId());
        catalog.change(stream, now -> {
            resolver.requireActive(now);
            if (now.policy() == null) {
                throw KinesisErrors.notFound("No resource policy found for resource " + now.arn() + ".");
            }
            return now.changed().policy(null).done();
        });
    }
}
