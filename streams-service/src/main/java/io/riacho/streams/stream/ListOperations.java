package io.riacho.streams.stream;

import io.riacho.protocol.RequestContext;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.shard.Shard;
import io.riacho.streams.token.SealedTokens;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;

/** ListStreams and ListShards. */
public final class ListOperations {

    private static final int MOST_STREAMS = 100;
    private static final int DEFAULT_SHARDS = 1000;

    private final StreamCatalog catalog;
    private final StreamResolver resolver;
    private final StreamAccess access;
    private final PageTokens tokens;
    private final InstantSource clock;

    ListOperations(
            StreamCatalog catalog,
            StreamResolver resolver,
            StreamAccess access,
            SealedTokens tokens,
            InstantSource clock) {
        this.catalog = catalog;
        this.resolver = resolver;
        this.access = access;
        this.tokens = new PageTokens(tokens, clock);
        this.clock = clock;
    }

    public ListStreamsResponse listStreams(ListStreamsRequest request) {
        String after = request.nextToken() != null
                ? tokens.streamName(request.nextToken())
                : request.exclusiveStartStreamName() != null ? request.exclusiveStartStreamName() : "";
        int limit = request.limit() != null ? Math.min(request.limit(), MOST_STREAMS) : MOST_STREAMS;
        List<Stream> rest = catalog.all().stream()
                .filter(stream -> stream.name().compareTo(after) > 0 && !StreamNaming.isInternal(stream.name()))
                .toList();
        List<Stream> page = rest.stream().limit(limit).toList();
        boolean more = rest.size() > limit;
        return ListStreamsResponse.builder()
                .streamNames(page.stream().map(Stream::name).toList())
                .streamSummaries(page.stream().map(Descriptions::listed).toList())
                .hasMoreStreams(more)
                .nextToken(more ? tokens.afterStream(page.getLast().name()) : null)
                .build();
    }

    public ListShardsResponse listShards(ListShardsRequest request, RequestContext context) {
        PageTokens.ShardPage page = page(request, context);
        Stream stream = catalog.get(page.streamName());
        Predicate<Shard> matching = ShardListing.matching(page.filter(), stream, clock.instant());
        List<Shard> rest = ShardListing.visible(stream, matching.and(shard -> shard.index() > page.afterIndex()));
        int limit = request.maxResults() != null ? request.maxResults() : DEFAULT_SHARDS;
        List<Shard> shards = rest.stream().limit(limit).toList();
        return ListShardsResponse.builder()
                .shards(shards.stream().map(Descriptions::shard).toList())
                .nextToken(rest.size() > limit ? next(page, shards.getLast()) : null)
                .build();
    }

    private String next(PageTokens.ShardPage page, Shard last) {
        return tokens.afterShard(new PageTokens.ShardPage(page.streamName(), last.index(), page.filter()));
    }

    private PageTokens.ShardPage page(ListShardsRequest request, RequestContext context) {
        String token = request.nextToken();
        if (token != null) {
            refuseBeside(request.streamName(), "StreamName");
            refuseBeside(request.streamARN(), "StreamARN");
            refuseBeside(request.exclusiveStartShardId(), "ExclusiveStartShardId");
            refuseBeside(request.streamCreationTimestamp(), "StreamCreationTimestamp");
            refuseBeside(request.shardFilter(), "ShardFilter");
            PageTokens.ShardPage page = tokens.shardPage(token);
            access.require(context, "ListShards", page.streamName());
            return page;
        }
        if (request.streamName() == null && request.streamARN() == null && request.streamId() == null) {
            throw KinesisErrors.invalidArgument("Either NextToken or StreamName should be provided.");
        }
        String name = resolver.name(request.streamName(), request.streamARN(), request.streamId());
        access.require(context, "ListShards", name);
        Stream stream = catalog.get(name);
        if (request.streamCreationTimestamp() != null
                && request.streamCreationTimestamp().getEpochSecond()
                        != stream.createdAt().getEpochSecond()) {
            throw KinesisErrors.streamNotFound(stream.name(), catalog.naming().accountId());
        }
        if (request.shardFilter() != null) {
            ShardListing.check(request.shardFilter());
        }
        int after = resolver.indexBefore(request.exclusiveStartShardId(), stream);
        return new PageTokens.ShardPage(stream.name(), after, request.shardFilter());
    }

    private static void refuseBeside(@Nullable Object member, String name) {
        if (member != null) {
            throw KinesisErrors.invalidArgument("NextToken and " + name + " cannot be provided together.");
        }
    }
}
