package io.riacho.streams.consumer;

import io.riacho.protocol.RequestContext;
import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamAccess;
import io.riacho.streams.stream.StreamResolver;
import io.riacho.streams.stream.StreamTags;
import io.riacho.streams.token.SealedTokens;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.ConsumerDescription;
import software.amazon.awssdk.services.kinesis.model.DeregisterStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamConsumerResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamConsumersRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamConsumersResponse;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerRequest;
import software.amazon.awssdk.services.kinesis.model.RegisterStreamConsumerResponse;

/** RegisterStreamConsumer, DeregisterStreamConsumer, DescribeStreamConsumer and ListStreamConsumers. */
public final class ConsumerOperations {

    private static final int DEFAULT_PAGE = 100;

    private final ConsumerCatalog consumers;
    private final ConsumerLifecycle lifecycle;
    private final StreamResolver resolver;
    private final StreamAccess access;
    private final ConsumerPages pages;
    private final String accountId;
    private final InstantSource clock;

    public ConsumerOperations(
            ConsumerCatalog consumers,
            ConsumerLifecycle lifecycle,
            StreamResolver resolver,
            StreamAccess access,
            SealedTokens tokens,
            String accountId,
            InstantSource clock) {
        this.consumers = consumers;
        this.lifecycle = lifecycle;
        this.resolver = resolver;
        this.access = access;
        this.pages = new ConsumerPages(tokens, clock);
        this.accountId = accountId;
        this.clock = clock;
    }

    public RegisterStreamConsumerResponse registerStreamConsumer(
            RegisterStreamConsumerRequest request, RequestContext context) {
        Instant createdAt = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        Map<String, String> tags = request.hasTags() ? request.tags() : Map.of();
        Stream stream = resolver.resolve(null, request.streamARN(), request.streamId());
        if (!tags.isEmpty()) {
            String arn = Consumer.arn(stream.arn(), request.consumerName(), createdAt);
            access.requireOfConsumer(context, "TagResource", arn, tags);
        }
        Consumer consumer = lifecycle.register(
                stream,
                request.consumerName(),
                createdAt,
                StreamTags.with(Map.of(), tags, request.consumerName(), accountId));
        return RegisterStreamConsumerResponse.builder()
                .consumer(listed(consumer))
                .build();
    }

    public void deregisterStreamConsumer(DeregisterStreamConsumerRequest request) {
        requireNoId(request.streamId());
        lifecycle.deregister(
                consumers.get(consumers.arn(request.consumerARN(), request.streamARN(), request.consumerName())));
    }

    public DescribeStreamConsumerResponse describeStreamConsumer(DescribeStreamConsumerRequest request) {
        requireNoId(request.streamId());
        Consumer consumer =
                consumers.get(consumers.arn(request.consumerARN(), request.streamARN(), request.consumerName()));
        return DescribeStreamConsumerResponse.builder()
                .consumerDescription(ConsumerDescription.builder()
                        .consumerName(consumer.name())
                        .consumerARN(consumer.arn())
                        .consumerStatus(consumer.status())
                        .consumerCreationTimestamp(consumer.createdAt())
                        .streamARN(consumers.streamOf(consumer).arn())
                        .build())
                .build();
    }

    public ListStreamConsumersResponse listStreamConsumers(ListStreamConsumersRequest request) {
        Stream stream = resolver.resolve(null, request.streamARN(), request.streamId());
        Instant createdAt = request.streamCreationTimestamp();
        if (request.nextToken() != null && createdAt != null) {
            throw KinesisErrors.invalidArgument("NextToken and StreamCreationTimestamp cannot be provided together.");
        }
        if (createdAt != null
                && createdAt.getEpochSecond() != stream.createdAt().getEpochSecond()) {
            throw KinesisErrors.streamNotFound(stream.name(), accountId);
        }
        String after = request.nextToken() == null ? "" : pages.nameBefore(request.nextToken(), stream.id());
        int limit = request.maxResults() == null ? DEFAULT_PAGE : request.maxResults();
        List<Consumer> rest = consumers.of(stream).stream()
                .filter(consumer -> consumer.name().compareTo(after) > 0)
                .toList();
        List<Consumer> page = rest.stream().limit(limit).toList();
        return ListStreamConsumersResponse.builder()
                .consumers(page.stream().map(ConsumerOperations::listed).toList())
                .nextToken(
                        rest.size() > limit
                                ? pages.after(stream.id(), page.getLast().name())
                                : null)
                .build();
    }

    private static void requireNoId(@Nullable String streamId) {
        if (streamId != null) {
            throw StreamResolver.noStreamId();
        }
    }

    private static software.amazon.awssdk.services.kinesis.model.Consumer listed(Consumer consumer) {
        return software.amazon.awssdk.services.kinesis.model.Consumer.builder()
                .consumerName(consumer.name())
                .consumerARN(consumer.arn())
                .consumerStatus(consumer.status())
                .consumerCreationTimestamp(consumer.createdAt())
                .build();
    }
}
