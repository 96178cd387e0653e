package io.riacho.firehose;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.util.unit.DataSize;

/**
 * What can be set of Firehose.
 *
 * @param folder what belongs to this process alone
 * @param kinesis where Kinesis Data Streams is; this server itself where it is not given
 * @param kinesisCa the certificate authority (PEM) of Kinesis; the server's own, or what this Java trusts, where it is not given
 * @param kinesisCertificate the certificate (PEM) that this service shows to a Kinesis that asks for one
 * @param kinesisPrivateKey its private key (PEM, not encrypted)
 * @param catalog where table definitions are; this server itself where it is not given
 * @param memory for records of all delivery streams together
 * @param attemptsAtATime how many deliveries may be on their way at a time
 * @param leaseDuration for how long a process that is not heard of keeps its shards
 * @param maxPartitions how many partitions of a shard may be buffered at a time
 * @param retention of what was put and not delivered, in hours
 */
@ConfigurationProperties("riacho.firehose")
public record FirehoseProperties(
        Path folder,
        @Nullable URI kinesis,
        @Nullable Path kinesisCa,
        @Nullable Path kinesisCertificate,
        @Nullable Path kinesisPrivateKey,
        @Nullable URI catalog,
        @DefaultValue("256MB") DataSize memory,
        @DefaultValue("32") int attemptsAtATime,
        @DefaultValue("10s") Duration leaseDuration,
        @DefaultValue("5000") int maxPartitions,
        @DefaultValue("168") int retention) {

    /** What of the heap may be records: they are counted with some of what is around them, not all. */
    private static final int PART_OF_HEAP = 4;

    private static final DataSize LEAST_MEMORY = DataSize.ofMegabytes(16);

    public FirehoseProperties {
        if ((kinesisCertificate == null) != (kinesisPrivateKey == null)) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.firehose.kinesis-certificate",
                    kinesisCertificate,
                    "It has to be given together with riacho.firehose.kinesis-private-key.");
        }
        if (memory.compareTo(LEAST_MEMORY) < 0) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.firehose.memory", memory, "It has to be at least 16MB.");
        }
        if (attemptsAtATime < 1 || maxPartitions < 1) {
            throw new InvalidConfigurationPropertyValueException(
                    "riacho.firehose.attempts-at-a-time", attemptsAtATime, "It has to be at least 1.");
        }
    }

    /**
     * The memory for records, in bytes: what is set, but no more than a quarter of the heap.
     *
     * @param heap the largest that it can be, in bytes
     */
    long memoryWithin(long heap) {
        return Math.min(memory.toBytes(), Math.max(heap / PART_OF_HEAP, LEAST_MEMORY.toBytes()));
    }
}
