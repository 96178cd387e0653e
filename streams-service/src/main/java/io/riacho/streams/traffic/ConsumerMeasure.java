package io.riacho.streams.traffic;

/** What is counted of each consumer with enhanced fan-out. */
public enum ConsumerMeasure implements Measure {
    SUCCESS("SubscribeToShard.Success", Kind.COUNT),
    RATE_EXCEEDED("SubscribeToShard.RateExceeded", Kind.COUNT),
    EVENT_SUCCESS("SubscribeToShardEvent.Success", Kind.COUNT),
    EVENT_BYTES("SubscribeToShardEvent.Bytes", Kind.BYTES),
    EVENT_RECORDS("SubscribeToShardEvent.Records", Kind.COUNT),
    MILLIS_BEHIND_LATEST("SubscribeToShardEvent.MillisBehindLatest", Kind.MILLISECONDS);

    private final String metric;
    private final Kind kind;

    ConsumerMeasure(String metric, Kind kind) {
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
