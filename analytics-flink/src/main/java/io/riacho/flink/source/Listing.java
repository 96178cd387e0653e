package io.riacho.flink.source;

import io.riacho.flink.access.AwsClients;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletionException;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsResponse;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardFilter;
import software.amazon.awssdk.services.kinesis.model.ShardFilterType;

/** The shards of a stream, from some time on. */
final class Listing {

    private static final Logger LOG = LoggerFactory.getLogger(Listing.class);

    private final KinesisAsyncClient client;
    private final StreamSettings settings;

    Listing(KinesisAsyncClient client, StreamSettings settings) {
        this.client = client;
        this.settings = settings;
    }

    /**
     * The shards that were open at that time or later, parents before children. Tries until it succeeds.
     *
     * @throws RuntimeException where it never will
     */
    List<Shard> from(Position start) throws InterruptedException {
        for (int failures = 1; ; failures++) {
            try {
                return pages(start);
            } catch (CompletionException e) {
                Throwable cause = AwsClients.cause(e);
                if (!AwsClients.isTransient(cause, failures)) {
                    throw failure(settings, cause);
                }
                if (failures % Feeding.QUIET == 1) {
                    LOG.warn("The shards of {} are asked for again: {}", settings.stream(), cause.getMessage());
                }
                Thread.sleep(AwsClients.pause(failures).toMillis());
            }
        }
    }

    private List<Shard> pages(Position start) {
        List<Shard> shards = new ArrayList<>();
        ListShardsRequest.Builder first = ListShardsRequest.builder()
                .streamARN(settings.arn())
                .streamName(settings.name())
                .shardFilter(filter(start));
        ListShardsResponse page = client.listShards(first.build()).join();
        shards.addAll(page.shards());
        while (page.nextToken() != null) {
            String next = page.nextToken();
            // With a token a request may not name the stream; an ARN says who is allowed.
            page = client.listShards(request -> request.nextToken(next).streamARN(settings.arn()))
                    .join();
            shards.addAll(page.shards());
        }
        return shards;
    }

    private static ShardFilter filter(Position start) {
        return start instanceof Position.AtTimestamp at
                ? ShardFilter.builder()
                        .type(ShardFilterType.FROM_TIMESTAMP)
                        .timestamp(java.time.Instant.ofEpochMilli(at.millis()))
                        .build()
                : ShardFilter.builder().type(ShardFilterType.FROM_TRIM_HORIZON).build();
    }

    /** What a job fails with; where the stream is not there, for good. */
    static RuntimeException failure(StreamSettings settings, @Nullable Throwable cause) {
        if (cause instanceof ResourceNotFoundException) {
            return new SuppressRestartsException(new StreamReadException(
                    "The stream " + settings.stream() + " is not there (any more): " + cause.getMessage(), cause));
        }
        return new StreamReadException(
                "The stream " + settings.stream() + " cannot be read: "
                        + (cause == null ? "for no known reason" : cause.getMessage()),
                cause == null ? new IllegalStateException() : cause);
    }
}
