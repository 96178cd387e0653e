package io.riacho.firehose.delivery;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.DestinationPlan;
import io.riacho.firehose.destination.s3.BucketBackup;
import io.riacho.firehose.destination.s3.BucketErrors;
import io.riacho.firehose.processing.Processing;
import io.riacho.firehose.source.RecordSource;
import io.riacho.firehose.usage.MeteredDelivery;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * One version of a delivery stream, ready to run.
 *
 * @param former for what earlier versions began
 * @param recordsTogether how many records are processed together, at most, where no function is asked
 * @param backup where the source's records go, too; null where they do not
 * @param errors where records go that nobody takes
 * @param metered how what it uses is counted
 */
record StreamSetup(
        UUID id,
        DeliveryStreamName name,
        String version,
        RecordSource source,
        Processing processing,
        Destination destination,
        FormerDestinations former,
        DestinationPlan plan,
        LanePlan lanes,
        int recordsTogether,
        @Nullable BucketBackup backup,
        BucketErrors errors,
        MeteredDelivery metered)
        implements AutoCloseable {

    @Override
    public void close() {
        source.close();
        processing.close();
        destination.close();
        former.close();
    }
}
