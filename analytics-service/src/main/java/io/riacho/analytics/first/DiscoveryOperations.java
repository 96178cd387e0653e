package io.riacho.analytics.first;

import io.riacho.analytics.application.Shapes;
import io.riacho.analytics.discovery.Discovery;
import io.riacho.analytics.error.AnalyticsErrors;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalytics.model.DiscoverInputSchemaRequest;
import software.amazon.awssdk.services.kinesisanalytics.model.DiscoverInputSchemaResponse;
import software.amazon.awssdk.services.kinesisanalytics.model.SourceSchema;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputStartingPosition;

/** Guesses the schema of a source. */
public final class DiscoveryOperations {

    private final Discovery discovery;

    public DiscoveryOperations(Discovery discovery) {
        this.discovery = discovery;
    }

    public DiscoverInputSchemaResponse discoverInputSchema(DiscoverInputSchemaRequest request) {
        if (request.inputProcessingConfiguration() != null) {
            throw AnalyticsErrors.notSupported("DiscoverInputSchema with an InputProcessingConfiguration");
        }
        Discovery.Found found = found(request);
        return DiscoverInputSchemaResponse.builder()
                .inputSchema(Shapes.as(found.schema(), SourceSchema.class))
                .parsedInputRecords(found.parsed())
                .processedInputRecords(found.raw())
                .rawInputRecords(found.raw())
                .build();
    }

    private Discovery.Found found(DiscoverInputSchemaRequest request) {
        if ((request.resourceARN() == null) == (request.s3Configuration() == null)) {
            throw AnalyticsErrors.invalidArgument("One of ResourceARN and S3Configuration has to be given.");
        }
        if (request.s3Configuration() != null) {
            return discovery.object(
                    request.s3Configuration().bucketARN(),
                    request.s3Configuration().fileKey(),
                    request.s3Configuration().roleARN());
        }
        String role = request.roleARN();
        if (role == null) {
            throw AnalyticsErrors.invalidArgument("RoleARN has to be given.");
        }
        return discovery.stream(request.resourceARN(), role, position(request));
    }

    private static @Nullable InputStartingPosition position(DiscoverInputSchemaRequest request) {
        var configured = request.inputStartingPositionConfiguration();
        return configured == null || configured.inputStartingPosition() == null
                ? null
                : InputStartingPosition.fromValue(configured.inputStartingPositionAsString());
    }
}
