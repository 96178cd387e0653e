package io.riacho.firehose.destination;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;
import software.amazon.awssdk.services.firehose.model.S3DestinationConfiguration;

/**
 * What the engine does for a destination, whichever it is.
 *
 * @param retry for how long a delivery that fails is tried again before its records go to the backup bucket; null for as
 *     long as it takes
 * @param backup the bucket of what failed, and of the source's records where all are backed up; null only where the
 *     destination itself is a bucket and nothing is backed up
 * @param backsUpAll whether the source's records are written to the backup bucket, too
 * @param errorDirectory the {@code !{firehose:error-output-type}} of records that this destination rejects, such as
 *     {@code elasticsearch-failed}
 * @param dynamicPartitioning whether records are sorted by partition keys
 */
public record DestinationPlan(
        BufferHints hints,
        @Nullable Duration retry,
        @Nullable ProcessingConfiguration processing,
        @Nullable S3DestinationConfiguration backup,
        boolean backsUpAll,
        String errorDirectory,
        boolean dynamicPartitioning) {}
