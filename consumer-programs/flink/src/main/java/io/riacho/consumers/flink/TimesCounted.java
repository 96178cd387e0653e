package io.riacho.consumers.flink;

import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.streaming.api.functions.KeyedProcessFunction;
import org.apache.flink.util.Collector;

/**
 * Keeps in the job's state how many records a key had, and how often each of its records came. Of each record it tells, divided by
 * tabs: partition key, number, shard, sequence number, how often that sequence number came, and how many records the key had, all of
 * them with this one.
 */
final class TimesCounted extends KeyedProcessFunction<String, Tuple4<String, Integer, String, String>, String> {

    private static final long serialVersionUID = 1L;

    @SuppressWarnings("NullAway.Init")
    private transient MapState<String, Integer> timesOfRecords;

    @SuppressWarnings("NullAway.Init")
    private transient ValueState<Integer> count;

    @Override
    public void open(OpenContext context) {
        timesOfRecords = getRuntimeContext().getMapState(new MapStateDescriptor<>("times", Types.STRING, Types.INT));
        count = getRuntimeContext().getState(new ValueStateDescriptor<>("count", Types.INT));
    }

    @Override
    public void processElement(Tuple4<String, Integer, String, String> record, Context context, Collector<String> out)
            throws Exception {
        String position = record.f2 + " " + record.f3;
        Integer before = timesOfRecords.get(position);
        int times = before == null ? 1 : before + 1;
        timesOfRecords.put(position, times);
        Integer counted = count.value();
        int total = counted == null ? 1 : counted + 1;
        count.update(total);
        out.collect(String.join(
                "\t",
                record.f0,
                String.valueOf(record.f1),
                record.f2,
                record.f3,
                String.valueOf(times),
                String.valueOf(total)));
    }
}
