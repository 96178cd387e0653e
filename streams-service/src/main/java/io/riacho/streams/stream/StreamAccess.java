package io.riacho.streams.stream;

import io.riacho.protocol.OperationAccess;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.core.SdkRequest;

/**
 * Each operation is one action of the same name, on the stream or the consumer that it names; some are about none in
 * particular. To create a stream with tags, or to register such a consumer, is to tag it, too.
 *
 * @see <a href="https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazonkinesisdatastreams.html">
 *     actions, resources and condition keys for Kinesis Data Streams</a>
 */
public final class StreamAccess implements OperationAccess {

    static final String PREFIX = "kinesis:";

    private static final String STREAM = ":stream/";

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamConsumers consumers;

    public StreamAccess(StreamCatalog catalog, StreamResolver resolver, StreamConsumers consumers) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.consumers = consumers;
    }

    @Override
    public void check(String operation, SdkPojo input, RequestContext context) {
        SdkRequest request = (SdkRequest) input;
        switch (operation) {
            case "ListStreams", "DescribeLimits", "DescribeAccountSettings", "UpdateAccountSettings" ->
                context.require(Permission.of(PREFIX + operation, "*", accountId()));
            case "ListShards" -> {
                // A page token names the stream, so the operation asks once it has opened it.
            }
            case "CreateStream" -> {
                String name = named(request);
                Map<String, List<String>> keys = requestKeys(request);
                require(context, operation, name, keys);
                if (!keys.isEmpty()) {
                    context.require(permission("AddTagsToStream", name, keys));
                }
            }
            case "DescribeStreamConsumer", "DeregisterStreamConsumer" ->
                requireOfConsumer(
                        context,
                        operation,
                        consumers.arn(
                                text(request, "ConsumerARN"),
                                text(request, "StreamARN"),
                                text(request, "ConsumerName")),
                        Map.of());
            case "TagResource",
                    "UntagResource",
                    "ListTagsForResource",
                    "PutResourcePolicy",
                    "GetResourcePolicy",
                    "DeleteResourcePolicy" -> requireOfResource(context, operation, request);
            default -> require(context, operation, named(request), requestKeys(request));
        }
    }

    /**
     * Requires that the caller may do it with the stream of that name, which need not exist: who may not ask about a
     * stream is not told whether it is there.
     */
    public void require(RequestContext context, String operation, String streamName) {
        require(context, operation, streamName, Map.of());
    }

    private void require(
            RequestContext context, String operation, String streamName, Map<String, List<String>> requestKeys) {
        requireInternal(context, streamName);
        context.require(permission(operation, streamName, requestKeys));
    }

    /** What others are allowed to do with all streams is not meant for those that services keep for themselves. */
    private void requireInternal(RequestContext context, String streamName) {
        if (StreamNaming.isInternal(streamName)) {
            context.require(
                    Permission.of("riacho:UseInternalStream", catalog.naming().arnOf(streamName), accountId()));
        }
    }

    /**
     * The same for the consumer of the ARN.
     *
     * @param tags that the request gives it
     */
    public void requireOfConsumer(
            RequestContext context, String operation, String consumerArn, Map<String, String> tags) {
        requireInternal(context, streamOf(consumerArn));
        context.require(consumers.permission(operation, consumerArn, tagKeys(tags, List.of())));
    }

    /** The resource is a stream, or a stream's consumer. */
    private void requireOfResource(RequestContext context, String operation, SdkRequest request) {
        String arn = text(request, "ResourceARN");
        Map<String, List<String>> keys = requestKeys(request);
        if (arn != null && StreamResolver.isConsumer(arn)) {
            requireInternal(context, streamOf(arn));
            context.require(consumers.permission(operation, arn, keys));
        } else {
            require(context, operation, resolver.name(null, arn, text(request, "StreamId")), keys);
        }
    }

    private Permission permission(String operation, String streamName, Map<String, List<String>> requestKeys) {
        Optional<Stream> stream = catalog.find(streamName);
        return stream.isPresent()
                ? stream.get().permissions().of(operation, requestKeys)
                : new Permission(
                        PREFIX + operation, catalog.naming().arnOf(streamName), accountId(), requestKeys, null, false);
    }

    /** @param consumerArn {@code …:stream/STREAM/consumer/NAME:CREATED} */
    private static String streamOf(String consumerArn) {
        String behind = consumerArn.substring(consumerArn.indexOf(STREAM) + 1);
        String[] segments = behind.split("/", 3);
        return segments.length > 1 ? segments[1] : "";
    }

    private String named(SdkRequest request) {
        return resolver.name(text(request, "StreamName"), text(request, "StreamARN"), text(request, "StreamId"));
    }

    private String accountId() {
        return catalog.naming().accountId();
    }

    private static Map<String, List<String>> requestKeys(SdkRequest request) {
        Map<?, ?> tags = request.getValueForField("Tags", Map.class).orElse(Map.of());
        List<?> tagKeys = request.getValueForField("TagKeys", List.class).orElse(List.of());
        return tagKeys(tags, tagKeys);
    }

    private static Map<String, List<String>> tagKeys(Map<?, ?> tags, List<?> tagKeys) {
        if (tags.isEmpty() && tagKeys.isEmpty()) {
            return Map.of();
        }
        Map<String, List<String>> keys = new HashMap<>();
        tags.forEach((key, value) ->
                keys.put("aws:requesttag/" + key.toString().toLowerCase(Locale.ROOT), List.of(value.toString())));
        keys.put(
                "aws:tagkeys",
                (tags.isEmpty() ? tagKeys : tags.keySet())
                        .stream().map(Object::toString).toList());
        return keys;
    }

    private static @Nullable String text(SdkRequest request, String member) {
        return request.getValueForField(member, String.class).orElse(null);
    }
}
