package io.riacho.streams.retention;

import io.riacho.streams.error.KinesisErrors;
import io.riacho.streams.stream.Stream;
import io.riacho.streams.stream.StreamCatalog;
import io.riacho.streams.stream.StreamResolver;
import software.amazon.awssdk.services.kinesis.model.DecreaseStreamRetentionPeriodRequest;
import software.amazon.awssdk.services.kinesis.model.IncreaseStreamRetentionPeriodRequest;

/** IncreaseStreamRetentionPeriod and DecreaseStreamRetentionPeriod. */
public final class RetentionOperations {

    private static final int LEAST_HOURS = 24;
    private static final int MOST_HOURS = 8760;

    private final StreamCatalog catalog;
    private final StreamResolver resolver;

    public RetentionOperations(StreamCatalog catalog, StreamResolver resolver) {
        this.catalog = catalog;
        this.resolver = resolver;
    }

    public void increaseStreamRetentionPeriod(IncreaseStreamRetentionPeriodRequest request) {
        Stream stream = resolver.resolve(request.streamName(), request.streamARN(), request.streamId());
        change(stream, request.retentionPeriodHours(), true);
    }

    public void decreaseStreamRetentionPeriod(DecreaseStreamRetentionPeriodRequest request) {
        Stream stream = resolver.resolve(request.streamName(), request.streamARN(), request.streamId());
        change(stream, request.retentionPeriodHours(), false);
    }

    private void change(Stream stream, int hours, boolean increase) {
        if (hours < LEAST_HOURS) {
            throw KinesisErrors.invalidArgument("Minimum allowed retention period is " + LEAST_HOURS
                    + " hours. Requested retention period (" + hours + " hours) is too short.");
        }
        if (hours > MOST_HOURS) {
            throw KinesisErrors.invalidArgument("Maximum allowed retention period is " + MOST_HOURS
                    + " hours. Requested retention period (" + hours + " hours) is too long.");
        }
        catalog.change(stream, now -> {
            resolver.requireActive(now);
            int present = now.retentionHours();
            if (increase ? hours < present : hours > present) {
                throw KinesisErrors.invalidArgument("Requested retention period (" + hours + " hours) for stream "
                        + now.name() + " can not be " + (increase ? "shorter" : "longer")
                        + " than existing retention period (" + present + " hours). Use "
                        + (increase ? "DecreaseRetentionPeriod" : "IncreaseRetentionPeriod") + " API.");
            }
            return hours == present ? now : now.changed().retentionHours(hours).done();
        });
    }
}
