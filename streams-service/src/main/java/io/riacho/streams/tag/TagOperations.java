package io.riacho.streams.tag;

import io.riacho.streams.consumer.ConsumerCatalog;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import io.riacho.streams.stream.StreamTags;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForResourceRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForResourceResponse;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamResponse;
import software.amazon.awssdk.services.kinesis.model.RemoveTagsFromStreamRequest;
import software.amazon.awssdk.services.kinesis.model.Tag;
import software.amazon.awssdk.services.kinesis.model.TagResourceRequest;
import software.amazon.awssdk.services.kinesis.model.UntagResourceRequest;

/** Both tag APIs, the one of streams and the one of resources; they see the same tags. */
public final class TagOperations {

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final ConsumerCatalog consumers;

    public TagOperations(StreamCatalog catalog, StreamResolver resolver, ConsumerCatalog consumers) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.consumers = consumers;
    }

    public void addTagsToStream(AddTagsToStreamRequest request) {
        add(resolver.resolve(request.streamName(), request.streamARN(), request.streamId()), request.tags());
    }

    public void removeTagsFromStream(RemoveTagsFromStreamRequest request) {
        remove(resolver.resolve(request.streamName(), request.streamARN(), request.streamId()), request.tagKeys());
    }

    public ListTagsForStreamResponse listTagsForStream(ListTagsForStreamRequest request) {
        Stream stream = resolver.resolve(request.streamName(), request.streamARN(), request.streamId());
        String after = request.exclusiveStartTagKey() == null ? "" : request.exclusiveStartTagKey();
        List<Tag> rest = tags(stream.tags()).stream()
                .filter(tag -> tag.key().compareTo(after) > 0)
                .toList();
        int limit = request.limit() == null ? rest.size() : request.limit();
        return ListTagsForStreamResponse.builder()
                .tags(rest.stream().limit(limit).toList())
                .hasMoreTags(rest.size() > limit)
                .build();
    }

    public void tagResource(TagResourceRequest request) {
        if (StreamResolver.isConsumer(request.resourceARN())) {
            consumers.tag(
                    request.resourceARN(), now -> StreamTags.with(now.tags(), request.tags(), now.name(), account()));
        } else {
            add(resolver.resolve(null, request.resourceARN(), request.streamId()), request.tags());
        }
    }

    public void untagResource(UntagResourceRequest request) {
        if (StreamResolver.isConsumer(request.resourceARN())) {
            consumers.tag(
                    request.resourceARN(),
                    now -> StreamTags.without(now.tags(), request.tagKeys(), now.name(), account()));
        } else {
            remove(resolver.resolve(null, request.resourceARN(), request.streamId()), request.tagKeys());
        }
    }

    public ListTagsForResourceResponse listTagsForResource(ListTagsForResourceRequest request) {
        return ListTagsForResourceResponse.builder()
                .tags(tags(
                        StreamResolver.isConsumer(request.resourceARN())
                                ? consumers.get(request.resourceARN()).tags()
                                : resolver.resolve(null, request.resourceARN(), request.streamId())
                                        .tags()))
                .build();
    }

    private void add(Stream stream, Map<String, String> tags) {
        catalog.change(
                stream,
                now -> now.changed()
                        .tags(StreamTags.with(now.tags(), tags, now.name(), account()))
                        .done());
    }

    private void remove(Stream stream, Collection<String> keys) {
        catalog.change(
                stream,
                now -> now.changed()
                        .tags(StreamTags.without(now.tags(), keys, now.name(), account()))
                        .done());
    }

    private String account() {
        return catalog.naming().accountId();
    }

    private static List<Tag> tags(Map<String, String> tags) {
        return tags.entrySet().stream()
                .map(tag ->
                        Tag.builder().key(tag.getKey()).value(tag.getValue()).build())
                .toList();
    }
}
