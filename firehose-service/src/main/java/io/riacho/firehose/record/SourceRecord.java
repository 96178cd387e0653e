package io.riacho.firehose.record;

import java.math.BigInteger;
import java.time.Instant;
import java.util.Map;

/**
 * A record as its source gave it. The bytes are not copied: nobody changes them.
 *
 * <p>Records of an aggregated record have the same position, and come together.
 */
public final class SourceRecord {

    private final String shard;
    private final BigInteger position;
    private final int part;
    private final String partitionKey;
    private final Instant arrival;
    private final byte[] data;
    private final Map<String, String> metadata;

    /**
     * @param shard of the source: a Kinesis shard's id, or a Kafka topic and partition
     * @param position a sequence number or an offset; grows within the shard
     * @param part the place in an aggregated record, from 0
     * @param arrival when the source took it
     * @param metadata what the source tells beside, as functions are told it: {@code kinesisRecordMetadata} or the like
     */
    public SourceRecord(
            String shard,
            BigInteger position,
            int part,
            String partitionKey,
            Instant arrival,
            byte[] data,
            Map<String, String> metadata) {
        this.shard = shard;
        this.position = position;
        this.part = part;
        this.partitionKey = partitionKey;
        this.arrival = arrival;
        this.data = data;
        this.metadata = Map.copyOf(metadata);
    }

    /** The same record with other bytes, one of several that were in it. */
    public SourceRecord with(int otherPart, byte[] otherData) {
        return new SourceRecord(shard, position, otherPart, partitionKey, arrival, otherData, metadata);
    }

    /** Unique in its delivery stream, and the same whenever the source is read again. */
    public String id() {
        return shard + ":" + position + ":" + part;
    }

    public String shard() {
        return shard;
    }

    public BigInteger position() {
        return position;
    }

    public int part() {
        return part;
    }

    public String partitionKey() {
        return partitionKey;
    }

    public Instant arrival() {
        return arrival;
    }

    public byte[] data() {
        return data;
    }

    public Map<String, String> metadata() {
        return metadata;
    }

    @Override
    public String toString() {
        return id() + " (" + data.length + " bytes)";
    }
}
