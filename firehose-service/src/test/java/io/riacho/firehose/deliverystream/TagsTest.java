package io.riacho.firehose.deliverystream;

import static io.riacho.firehose.deliverystream.FirehoseServer.bucket;
import static io.riacho.firehose.deliverystream.FirehoseServer.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.LimitExceededException;
import software.amazon.awssdk.services.firehose.model.ListTagsForDeliveryStreamResponse;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.firehose.model.Tag;

/** Tags of delivery streams. */
class TagsTest {

    private final FirehoseServer server = FirehoseServer.shared();
    private final FirehoseClient client = server.client();

    @Test
    void tagsAreGivenAtCreationAndLater() {
        String name = newName();
        client.createDeliveryStream(request -> request.deliveryStreamName(name)
                .extendedS3DestinationConfiguration(bucket())
                .tags(tag("team", "blue"), tag("stage", "test")));

        client.tagDeliveryStream(request -> request.deliveryStreamName(name).tags(tag("team", "red"), tag("cost", "")));
        client.untagDeliveryStream(request -> request.deliveryStreamName(name).tagKeys("stage", "never-there"));

        assertThat(tags(name)).containsExactly(tag("cost", ""), tag("team", "red"));
        assertThat(server.describe(name).versionId()).isEqualTo("1");
    }

    @Test
    void tagsComeInPages() {
        String name = server.activeStream();
        client.tagDeliveryStream(
                request -> request.deliveryStreamName(name).tags(tag("c", "3"), tag("a", "1"), tag("b", "2")));

        ListTagsForDeliveryStreamResponse first = client.listTagsForDeliveryStream(
                request -> request.deliveryStreamName(name).limit(2));
        ListTagsForDeliveryStreamResponse second = client.listTagsForDeliveryStream(
                request -> request.deliveryStreamName(name).exclusiveStartTagKey("b"));

        assertThat(first.tags()).containsExactly(tag("a", "1"), tag("b", "2"));
        assertThat(first.hasMoreTags()).isTrue();
        assertThat(second.tags()).containsExactly(tag("c", "3"));
        assertThat(second.hasMoreTags()).isFalse();
    }

    @Test
    void thereAreFiftyTagsAtTheMost() {
        String name = server.activeStream();
        client.tagDeliveryStream(request -> request.deliveryStreamName(name)
                .tags(IntStream.range(0, 50).mapToObj(i -> tag("key-" + i, "v")).toList()));

        assertThatThrownBy(() -> client.tagDeliveryStream(
                        request -> request.deliveryStreamName(name).tags(tag("one-more", "v"))))
                .isInstanceOf(LimitExceededException.class);
        client.tagDeliveryStream(request -> request.deliveryStreamName(name).tags(tag("key-7", "other")));

        assertThat(tags(name)).hasSize(50).contains(tag("key-7", "other"));
    }

    @Test
    void whatIsNotThereHasNoTags() {
        assertThatThrownBy(() -> client.tagDeliveryStream(
                        request -> request.deliveryStreamName("nobody").tags(tag("a", "1"))))
                .isInstanceOf(ResourceNotFoundException.class);
        assertThatThrownBy(() -> tags("nobody")).isInstanceOf(ResourceNotFoundException.class);
    }

    private List<Tag> tags(String name) {
        return client.listTagsForDeliveryStream(request -> request.deliveryStreamName(name))
                .tags();
    }

    private static Tag tag(String key, String value) {
        return Tag.builder().key(key).value(value).build();
    }
}
