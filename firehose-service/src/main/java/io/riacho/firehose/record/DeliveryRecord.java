package io.riacho.firehose.record;

import java.time.Instant;

/** A record as it is to be delivered. The bytes are not copied: nobody changes them. */
public final class DeliveryRecord {

    private final SourceRecord source;
    private final byte[] data;

    /** @param data what processing made of the source's record */
    public DeliveryRecord(SourceRecord source, byte[] data) {
        this.source = source;
        this.data = data;
    }

    /** What the source gave. */
    public SourceRecord source() {
        return source;
    }

    public byte[] data() {
        return data;
    }

    /** Unique in its delivery stream, and the same whenever it is delivered again. */
    public String id() {
        return source.id();
    }

    public Instant arrival() {
        return source.arrival();
    }

    @Override
    public String toString() {
        return source.id() + " (" + data.length + " bytes)";
    }
}
