package io.riacho.streams.usage;

import io.riacho.usage.meter.Meter;
import java.util.List;

/**
 * What is metered of streams.
 *
 * @see <a href="https://aws.amazon.com/kinesis/data-streams/pricing/">Amazon Kinesis Data Streams pricing</a>
 */
final class StreamMeters {

    static final String KIND = "stream";

    static final String SHARD_HOURS = "streams.shard-hours";
    static final String PUT_PAYLOAD_UNITS = "streams.put-payload-units";
    static final String RECORDS_IN = "streams.records-in";
    static final String BYTES_IN = "streams.bytes-in";
    static final String BYTES_OUT = "streams.bytes-out";
    static final String EXTENDED_RETENTION = "streams.extended-retention-shard-hours";
    static final String FAN_OUT_HOURS = "streams.fan-out-consumer-shard-hours";
    static final String FAN_OUT_BYTES = "streams.fan-out-bytes-out";
    static final String ON_DEMAND_HOURS = "streams.on-demand-stream-hours";
    static final String ON_DEMAND_BYTES_IN = "streams.on-demand-bytes-in";
    static final String ON_DEMAND_BYTES_OUT = "streams.on-demand-bytes-out";
    static final String ON_DEMAND_FAN_OUT_BYTES = "streams.on-demand-fan-out-bytes-out";

    static final List<Meter> ALL = List.of(
            Meter.hours(
                    SHARD_HOURS, KIND, "shard-hour", "Open shards of provisioned streams, by the time they are open"),
            Meter.count(
                    PUT_PAYLOAD_UNITS,
                    KIND,
                    "unit",
                    1_000_000,
                    "Records put to provisioned streams, each in steps of 25 KiB"),
            Meter.count(RECORDS_IN, KIND, "record", 1_000_000, "Records put, to all streams"),
            Meter.bytes(BYTES_IN, KIND, "Data and partition keys put, to all streams"),
            Meter.bytes(BYTES_OUT, KIND, "Data and partition keys that GetRecords gave, of provisioned streams"),
            Meter.hours(
                    EXTENDED_RETENTION,
                    KIND,
                    "shard-hour",
                    "Open shards of provisioned streams whose retention period is longer than 24 hours"),
            Meter.hours(
                    FAN_OUT_HOURS,
                    KIND,
                    "consumer-shard-hour",
                    "Consumers of enhanced fan-out, for each open shard of provisioned streams"),
            Meter.bytes(FAN_OUT_BYTES, KIND, "What enhanced fan-out gave, of provisioned streams"),
            Meter.hours(ON_DEMAND_HOURS, KIND, "stream-hour", "On-demand streams, by the time they are there"),
            Meter.bytes(ON_DEMAND_BYTES_IN, KIND, "Records put to on-demand streams, each in steps of 1 KiB"),
            Meter.bytes(ON_DEMAND_BYTES_OUT, KIND, "What GetRecords gave, of on-demand streams"),
            Meter.bytes(ON_DEMAND_FAN_OUT_BYTES, KIND, "What enhanced fan-out gave, of on-demand streams"));

    private StreamMeters() {}
}
