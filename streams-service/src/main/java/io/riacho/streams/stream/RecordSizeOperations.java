package io.riacho.streams.stream;

import io.riacho.streams.error.KinesisErrors;
import software.amazon.awssdk.services.kinesis.model.UpdateMaxRecordSizeRequest;

/** UpdateMaxRecordSize. */
public final class RecordSizeOperations {

    private final StreamResolver resolver;
    private final StreamLifecycle lifecycle;

    RecordSizeOperations(StreamResolver resolver, StreamLifecycle lifecycle) {
        this.resolver = resolver;
        this.lifecycle = lifecycle;
    }

    public void updateMaxRecordSize(UpdateMaxRecordSizeRequest request) {
        if (request.streamARN() == null && request.streamId() == null) {
            throw KinesisErrors.invalidArgument("Missing required parameter. StreamARN must be provided.");
        }
        Stream found = resolver.resolve(null, request.streamARN(), request.streamId());
        lifecycle.update(
                found,
                stream -> resolver.requireActive(stream)
                        .changed()
                        .maxRecordSizeInKiB(request.maxRecordSizeInKiB())
                        .done());
    }
}
