package io.riacho.streams.rest;

import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.RestBody;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.rest.StreamForms.Created;
import io.riacho.streams.rest.StreamForms.Listed;
import io.riacho.streams.rest.StreamForms.NewStream;
import io.riacho.streams.rest.StreamForms.ShardForm;
import io.riacho.streams.rest.StreamForms.ShardPage;
import io.riacho.streams.rest.StreamForms.StreamPage;
import io.riacho.streams.rest.StreamForms.StreamPatch;
import io.riacho.streams.rest.StreamForms.Summary;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DeleteStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamResponse;
import software.amazon.awssdk.services.kinesis.model.StreamDescriptionSummary;
import software.amazon.awssdk.services.kinesis.model.StreamModeDetails;
import software.amazon.awssdk.services.kinesis.model.Tag;

/** Streams and their shards. */
@RestController
@RequestMapping(path = "/v1/streams", produces = MediaType.APPLICATION_JSON_VALUE)
public final class StreamsController {

    private static final Set<String> INCLUDABLE = Set.of("shards", "tags");

    private final KinesisCalls kinesis;
    private final StreamChanges changes;

    public StreamsController(KinesisCalls kinesis, StreamChanges changes) {
        this.kinesis = kinesis;
        this.changes = changes;
    }

    @GetMapping
    StreamPage list(
            @RequestParam @Nullable Integer limit, @RequestParam @Nullable String nextToken, RequestContext context) {
        ListStreamsResponse page = kinesis.call(
                ListStreamsRequest.builder()
                        .limit(limit)
                        .nextToken(nextToken == null ? null : PathTokens.fromPath(nextToken))
                        .build(),
                ListStreamsResponse.class,
                context);
        return new StreamPage(
                page.streamSummaries().stream().map(Listed::of).toList(), PathTokens.toPath(page.nextToken()));
    }

    @PostMapping(consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Created> create(RestBody body, RequestContext context) {
        NewStream wanted = RestJson.read(body, NewStream.class);
        CreateStreamRequest request = CreateStreamRequest.builder()
                .streamName(wanted.name())
                .shardCount(wanted.shardCount())
                .streamModeDetails(mode(wanted.mode()))
                .maxRecordSizeInKiB(wanted.maxRecordSizeKiB())
                .tags(wanted.tags() == null || wanted.tags().isEmpty() ? null : wanted.tags())
                .build();
        Created created = changes.create(request, wanted.retentionHours(), context);
        return ResponseEntity.created(URI.create("/v1/streams/" + created.name()))
                .body(created);
    }

    /** Tags and shards are told where they are asked for, since each needs a permission of its own. */
    @GetMapping("/{name}")
    Summary get(@PathVariable String name, @RequestParam @Nullable List<String> include, RequestContext context) {
        List<String> more = include == null ? List.of() : include;
        if (!INCLUDABLE.containsAll(more)) {
            throw KinesisErrors.validation("Only 'shards' and 'tags' can be included.");
        }
        StreamDescriptionSummary summary = kinesis.call(
                        DescribeStreamSummaryRequest.builder().streamName(name).build(),
                        DescribeStreamSummaryResponse.class,
                        context)
                .streamDescriptionSummary();
        return Summary.of(
                summary,
                more.contains("tags") ? tags(name, context) : null,
                more.contains("shards") ? allShards(name, context) : null);
    }

    @PatchMapping(path = "/{name}", consumes = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Void> change(@PathVariable String name, RestBody body, RequestContext context) {
        changes.change(name, RestJson.read(body, StreamPatch.class), context);
        return ResponseEntity.accepted().build();
    }

    @DeleteMapping("/{name}")
    ResponseEntity<Void> delete(@PathVariable String name, RequestContext context) {
        kinesis.call(DeleteStreamRequest.builder().streamName(name).build(), context);
        return ResponseEntity.accepted().build();
    }

    @GetMapping("/{name}/shards")
    ShardPage shards(
            @PathVariable String name,
            @RequestParam @Nullable Integer limit,
            @RequestParam @Nullable String nextToken,
            RequestContext context) {
        ListShardsResponse page = kinesis.call(
                ListShardsRequest.builder()
                        .streamName(nextToken == null ? name : null)
                        .maxResults(limit)
                        .nextToken(nextToken == null ? null : PathTokens.fromPath(nextToken))
                        .build(),
                ListShardsResponse.class,
                context);
        return new ShardPage(page.shards().stream().map(ShardForm::of).toList(), PathTokens.toPath(page.nextToken()));
    }

    private List<ShardForm> allShards(String name, RequestContext context) {
        ListShardsResponse page = kinesis.call(
                ListShardsRequest.builder().streamName(name).maxResults(10_000).build(),
                ListShardsResponse.class,
                context);
        return page.shards().stream().map(ShardForm::of).toList();
    }

    private Map<String, String> tags(String name, RequestContext context) {
        Map<String, String> tags = new TreeMap<>();
        for (Tag tag : kinesis.call(
                        ListTagsForStreamRequest.builder().streamName(name).build(),
                        ListTagsForStreamResponse.class,
                        context)
                .tags()) {
            tags.put(tag.key(), tag.value());
        }
        return tags;
    }

    static @Nullable StreamModeDetails mode(@Nullable String mode) {
        return mode == null
                ? null
                : StreamModeDetails.builder().streamMode(mode).build();
    }
}
