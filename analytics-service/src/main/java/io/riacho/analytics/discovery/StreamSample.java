package io.riacho.analytics.discovery;

import io.riacho.access.KinesisClients;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.core.exception.SdkException;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.GetRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ProvisionedThroughputExceededException;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Reads a few records of a stream, as a role that may. */
public final class StreamSample implements AutoCloseable {

    private static final int MOST_RECORDS = 100;
    private static final int MOST_CHARS = 256 * 1024;
    private static final int MOST_SHARDS = 8;
    private static final Duration PAUSE = Duration.ofMillis(300);
    private static final Duration ENOUGH = Duration.ofSeconds(2);

    private final KinesisClients clients;
    private final Function<String, AwsCredentialsProvider> credentials;
    private final Duration patience;

    /**
     * @param clients closed with it
     * @param credentials of a role
     * @param patience for how long records are waited for
     */
    public StreamSample(
            KinesisClients clients, Function<String, AwsCredentialsProvider> credentials, Duration patience) {
        this.clients = clients;
        this.credentials = credentials;
        this.patience = patience;
    }

    List<String> take(String arn, String role, boolean fromStart) {
        try (KinesisAsyncClient client = clients.of(credentials.apply(role))) {
            List<String> iterators = new ArrayList<>();
            List<Shard> shards = await(client.listShards(request -> request.streamARN(arn)))
                    .shards();
            for (Shard shard : shards.subList(0, Math.min(MOST_SHARDS, shards.size()))) {
                iterators.add(await(client.getShardIterator(request -> request.streamARN(arn)
                                .shardId(shard.shardId())
                                .shardIteratorType(
                                        fromStart ? ShardIteratorType.TRIM_HORIZON : ShardIteratorType.LATEST)))
                        .shardIterator());
            }
            return read(client, arn, iterators);
        }
    }

    /** Until there are enough, or some and a moment has passed, or the patience is over. */
    private List<String> read(KinesisAsyncClient client, String arn, List<String> iterators) {
        List<String> records = new ArrayList<>();
        long begun = System.nanoTime();
        int chars = 0;
        List<String> open = new ArrayList<>(iterators);
        while (!open.isEmpty() && System.nanoTime() - begun < patience.toNanos()) {
            List<String> next = new ArrayList<>();
            for (String iterator : open) {
                GetRecordsResponse answer = await(client.getRecords(request -> request.streamARN(arn)
                        .shardIterator(iterator)
                        .limit(MOST_RECORDS)));
                for (var record : answer.records()) {
                    String text = record.data().asString(StandardCharsets.UTF_8);
                    chars += text.length();
                    if (records.size() < MOST_RECORDS && (records.isEmpty() || chars <= MOST_CHARS)) {
                        records.add(text);
                    }
                }
                if (answer.nextShardIterator() != null) {
                    next.add(answer.nextShardIterator());
                }
            }
            boolean enough = records.size() >= MOST_RECORDS || chars > MOST_CHARS;
            if (enough || (!records.isEmpty() && System.nanoTime() - begun > ENOUGH.toNanos())) {
                return records;
            }
            open = next;
            pause();
        }
        return records;
    }

    private static void pause() {
        try {
            Thread.sleep(PAUSE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AnalyticsErrors.serviceUnavailable("The service is stopping.");
        }
    }

    private <T> T await(CompletableFuture<T> answer) {
        try {
            return answer.get(patience.toSeconds() + 5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw AnalyticsErrors.serviceUnavailable("The service is stopping.");
        } catch (TimeoutException e) {
            throw AnalyticsErrors.serviceUnavailable("The stream does not answer.");
        } catch (ExecutionException e) {
            throw told(e.getCause() == null ? e : e.getCause());
        }
    }

    private static RuntimeException told(Throwable failure) {
        Throwable cause = failure instanceof CompletionException && failure.getCause() != null
                ? failure.getCause()
                : failure;
        return switch (cause) {
            case ProvisionedThroughputExceededException busy ->
                AwsException.badRequest(
                        "ResourceProvisionedThroughputExceededException", SdkErrors.message(busy));
            case KinesisException answer when answer.statusCode() < 500 ->
                AnalyticsErrors.invalidArgument("The stream cannot be read: " + SdkErrors.message(answer));
            case SdkException other -> SdkErrors.told("The stream cannot be read", other);
            default -> new IllegalStateException(cause);
        };
    }

    @Override
    public void close() {
        clients.close();
    }
}
