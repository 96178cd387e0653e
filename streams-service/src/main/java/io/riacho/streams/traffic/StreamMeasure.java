package io.riacho.streams.traffic;

/** What is counted of each stream. */
public enum StreamMeasure implements Measure {
    INCOMING_BYTES("IncomingBytes", Kind.BYTES),
    INCOMING_RECORDS("IncomingRecords", Kind.COUNT),
    PUT_RECORD_BYTES("PutRecord.Bytes", Kind.BYTES),
    PUT_RECORD_LATENCY("PutRecord.Latency", Kind.LATENCY),
    PUT_RECORD_SUCCESS("PutRecord.Success", Kind.COUNT),
    PUT_RECORDS_BYTES("PutRecords.Bytes", Kind.BYTES),
    PUT_RECORDS_LATENCY("PutRecords.Latency", Kind.LATENCY),
    PUT_RECORDS_SUCCESS("PutRecords.Success", Kind.COUNT),
    PUT_RECORDS_TOTAL("PutRecords.TotalRecords", Kind.COUNT),
    PUT_RECORDS_SUCCESSFUL("PutRecords.SuccessfulRecords", Kind.COUNT),
    PUT_RECORDS_FAILED("PutRecords.FailedRecords", Kind.COUNT),
    PUT_RECORDS_THROTTLED("PutRecords.ThrottledRecords", Kind.COUNT),
    GET_RECORDS_BYTES("GetRecords.Bytes", Kind.BYTES),
    GET_RECORDS_RECORDS("GetRecords.Records", Kind.COUNT),
    GET_RECORDS_LATENCY("GetRecords.Latency", Kind.LATENCY),
    GET_RECORDS_ITERATOR_AGE("GetRecords.IteratorAgeMilliseconds", Kind.MILLISECONDS),
    GET_RECORDS_SUCCESS("GetRecords.Success", Kind.COUNT),
    READS_THROTTLED("ReadProvisionedThroughputExceeded", Kind.COUNT),
    WRITES_THROTTLED("WriteProvisionedThroughputExceeded", Kind.COUNT);

    private final String metric;
    private final Kind kind;

    StreamMeasure(String metric, Kind kind) {
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
