package io.riacho.benchmarks.analytics;

import org.apache.flink.api.common.eventtime.Watermark;
import org.apache.flink.api.common.eventtime.WatermarkGenerator;
import org.apache.flink.api.common.eventtime.WatermarkOutput;
import org.apache.flink.table.data.RowData;

/** Follows the clock that the rows are stamped with. */
final class ClockWatermarks implements WatermarkGenerator<RowData> {

    @Override
    public void onEvent(RowData row, long timestamp, WatermarkOutput output) {
        // Only the clock counts.
    }

    @Override
    public void onPeriodicEmit(WatermarkOutput output) {
        output.emitWatermark(new Watermark(System.currentTimeMillis() - 1));
    }
}
