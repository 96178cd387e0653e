package io.riacho.streams.usage;

/**
 * How AWS measures records that are put.
 *
 * @see <a href="https://aws.amazon.com/kinesis/data-streams/pricing/">Amazon Kinesis Data Streams pricing</a>
 */
final class PutUnits {

    private static final int PAYLOAD_UNIT = 25 << 10;
    private static final int ON_DEMAND_STEP = 1 << 10;

    private PutUnits() {}

    /** What one record counts: payload units, or for on-demand streams bytes in steps. An empty one counts as one step. */
    static long of(int bytes, boolean isOnDemand) {
        return isOnDemand ? steps(bytes, ON_DEMAND_STEP) * ON_DEMAND_STEP : steps(bytes, PAYLOAD_UNIT);
    }

    private static long steps(int bytes, int step) {
        return Math.max(1, (bytes + step - 1) / step);
    }
}
