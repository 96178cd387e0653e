package io.riacho.streams.traffic;

/** What is counted of the shards of a stream where EnableEnhancedMonitoring asks for it. */
public enum ShardMeasure implements Measure {
    INCOMING_BYTES("IncomingBytes", Kind.BYTES),
    INCOMING_RECORDS("IncomingRecords", Kind.COUNT),
    OUTGOING_BYTES("OutgoingBytes", Kind.BYTES),
    OUTGOING_RECORDS("OutgoingRecords", Kind.COUNT),
    ITERATOR_AGE("IteratorAgeMilliseconds", Kind.MILLISECONDS),
    READS_THROTTLED("ReadProvisionedThroughputExceeded", Kind.COUNT),
    WRITES_THROTTLED("WriteProvisionedThroughputExceeded", Kind.COUNT);

    private final String metric;
    private final Kind kind;

    ShardMeasure(String metric, Kind kind) {
        this.metric = metric;
        this.kind = kind;
    }

    @Override
    public String metric() {
        return metric;
    }

    @Override
    public Kind kind() {
        return kind;
    }
}
