package io.riacho.firehose.deliverystream;

import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.MSKSourceConfiguration;

/** Where a delivery stream's records come from. */
public sealed interface Source {

    DeliveryStreamType type();

    /**
     * PutRecord and PutRecordBatch.
     *
     * @param throughputHintInMBs told again and no more, as AWS does it; null where none was given
     */
    record DirectPut(@Nullable Integer throughputHintInMBs) implements Source {
        @Override
        public DeliveryStreamType type() {
            return DeliveryStreamType.DIRECT_PUT;
        }
    }

    /** @param startedAt records that came to the stream earlier are not delivered */
    record KinesisStream(String streamArn, String roleArn, Instant startedAt) implements Source {
        @Override
        public DeliveryStreamType type() {
            return DeliveryStreamType.KINESIS_STREAM_AS_SOURCE;
        }
    }

    /** @param startedAt where reading begins, unless the configuration has another time */
    record Kafka(MSKSourceConfiguration configuration, Instant startedAt) implements Source {
        @Override
        public DeliveryStreamType type() {
            return DeliveryStreamType.MSK_AS_SOURCE;
        }
    }
}
