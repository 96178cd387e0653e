package io.riacho.firehose.deliverystream;

import io.riacho.firehose.error.FirehoseErrors;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.ListTagsForDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.ListTagsForDeliveryStreamResponse;
import software.amazon.awssdk.services.firehose.model.Tag;
import software.amazon.awssdk.services.firehose.model.TagDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.TagDeliveryStreamResponse;
import software.amazon.awssdk.services.firehose.model.UntagDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.UntagDeliveryStreamResponse;

/** Operations on the tags of delivery streams. */
public final class TagOperations {

    private static final int PAGE = 50;

    private final DeliveryStreams streams;

    public TagOperations(DeliveryStreams streams) {
        this.streams = streams;
    }

    public TagDeliveryStreamResponse tagDeliveryStream(TagDeliveryStreamRequest request) {
        Map<String, String> more = Tags.of(request.tags());
        change(request.deliveryStreamName(), tags -> Tags.with(tags, more));
        return TagDeliveryStreamResponse.builder().build();
    }

    public UntagDeliveryStreamResponse untagDeliveryStream(UntagDeliveryStreamRequest request) {
        change(request.deliveryStreamName(), tags -> Tags.without(tags, request.tagKeys()));
        return UntagDeliveryStreamResponse.builder().build();
    }

    public ListTagsForDeliveryStreamResponse listTagsForDeliveryStream(ListTagsForDeliveryStreamRequest request) {
        String behind = request.exclusiveStartTagKey() == null ? "" : request.exclusiveStartTagKey();
        int limit = request.limit() == null ? PAGE : request.limit();
        List<Tag> rest = Tags.list(streams.get(request.deliveryStreamName()).tags()).stream()
                .filter(tag -> tag.key().compareTo(behind) > 0)
                .toList();
        return ListTagsForDeliveryStreamResponse.builder()
                .tags(rest.stream().limit(limit).toList())
                .hasMoreTags(rest.size() > limit)
                .build();
    }

    private void change(String name, UnaryOperator<Map<String, String>> change) {
        DeliveryStream unused = streams.change(name, stream -> {
            if (stream.status() == DeliveryStreamStatus.DELETING) {
                throw FirehoseErrors.notActive(
                        name, streams.naming().accountId(), stream.status().toString());
            }
            return stream.withTags(change.apply(stream.tags()));
        });
    }
}
