package io.riacho.firehose.deliverystream;

import io.riacho.protocol.key.KeyService;
import java.time.InstantSource;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The operations on delivery streams; those on records are not among them.
 *
 * @param all objects whose methods are the operations, as {@link io.riacho.protocol.AwsApi} has them
 */
public record FirehoseOperations(List<Object> all) {

    /** @param kms null where the server runs without KMS */
    public static FirehoseOperations of(
            DeliveryStreams streams,
            DestinationTypes destinations,
            Collection<SourceCheck> sources,
            @Nullable KeyService kms,
            InstantSource clock) {
        SourceKeys keys = new SourceKeys(kms, streams.naming().region());
        return new FirehoseOperations(List.of(
                new DeliveryStreamOperations(streams, destinations, new Sources(sources), keys, clock),
                new EncryptionOperations(streams, keys, clock),
                new TagOperations(streams)));
    }
}
