package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.processing.Processing;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;

/** Opens what a configuration says about processing. */
@FunctionalInterface
public interface ProcessingFactory {

    /** @param keys of the bucket that is delivered to, which records' partition keys have to make; null for all else */
    Processing open(
            DeliveryStreamName stream,
            @Nullable ProcessingConfiguration configuration,
            boolean dynamicPartitioning,
            @Nullable ObjectKeys keys);
}
