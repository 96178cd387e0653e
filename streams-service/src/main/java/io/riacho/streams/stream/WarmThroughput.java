package io.riacho.streams.stream;

import io.riacho.streams.error.KinesisErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesis.model.StreamMode;

/** When a stream may be kept ready for a throughput that it was not seen to need. */
public final class WarmThroughput {

    /** 10 GiB/s. */
    private static final int MOST_MIBPS = 10 * 1024;

    private WarmThroughput() {}

    /** @param committed whether the account has committed to a minimum throughput */
    public static void check(@Nullable Integer mibps, StreamMode mode, boolean committed) {
        if (mibps == null) {
            return;
        }
        if (mode != StreamMode.ON_DEMAND) {
            throw KinesisErrors.validation("WarmThroughputMiBps is only valid for streams in on-demand mode.");
        }
        if (!committed) {
            throw KinesisErrors.validation(
                    "WarmThroughputMiBps is only valid for accounts that have MinimumThroughputBillingCommitment"
                            + " enabled.");
        }
        if (mibps > MOST_MIBPS) {
            throw KinesisErrors.validation("WarmThroughputMiBps cannot be greater than " + MOST_MIBPS + ".");
        }
    }
}
