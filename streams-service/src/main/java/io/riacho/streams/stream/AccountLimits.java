package io.riacho.streams.stream;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.limit.LimitSettings;
import software.amazon.awssdk.services.kinesis.model.StreamMode;
import software.amazon.awssdk.services.kinesis.model.StreamStatus;

/** The account's quotas, and what of them is used. */
public final class AccountLimits {

    private final StreamCatalog catalog;
    private final LimitSettings settings;

    public AccountLimits(StreamCatalog catalog, LimitSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /** Open shards of provisioned streams. */
    public int openShards() {
        return streams(StreamMode.PROVISIONED)
                .mapToInt(stream -> stream.shards().openCount())
                .sum();
    }

    public int onDemandStreams() {
        return (int) streams(StreamMode.ON_DEMAND).count();
    }

    public int shardLimit() {
        return settings.shards();
    }

    public int onDemandStreamLimit() {
        return settings.onDemandStreams();
    }

    /** @throws io.riacho.protocol.AwsException LimitExceededException where so many more shards are too many */
    public void checkShards(int more) {
        int open = openShards();
        if (settings.enabled() && (long) open + more > settings.shards()) {
            throw KinesisErrors.limitExceeded("This request would exceed the shard limit for the account "
                    + catalog.naming().accountId() + " in " + catalog.naming().region()
                    + ". Current shard count for the account: " + open + ". Limit: " + settings.shards()
                    + ". Number of additional shards that would have resulted from this request: " + more
                    + ". Refer to the AWS Service Limits page"
                    + " (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html)"
                    + " for current limits and how to request higher limits.");
        }
    }

    public void checkOnDemandStreams(int more) {
        if (settings.enabled() && onDemandStreams() + more > settings.onDemandStreams()) {
            throw KinesisErrors.limitExceeded("This request would exceed the limit of " + settings.onDemandStreams()
                    + " on-demand streams for the account " + catalog.naming().accountId() + ".");
        }
    }

    private java.util.stream.Stream<Stream> streams(StreamMode mode) {
        return catalog.all().stream()
                .filter(stream -> stream.mode() == mode
                        && stream.status() != StreamStatus.DELETING
                        && !StreamNaming.isInternal(stream.name()));
    }
}
