package io.riacho.analytics.discovery;

import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.protocol.Arn;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputStartingPosition;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.SourceSchema;

/** Guesses the schema of what a source holds, by a sample of its records. Safe for use by many threads. */
public final class Discovery {

    private final StreamSample streams;
    private final ObjectSample objects;

    public Discovery(StreamSample streams, ObjectSample objects) {
        this.streams = streams;
        this.objects = objects;
    }

    /**
     * What was found.
     *
     * @param parsed the rows that the schema gives
     * @param raw the records that were sampled
     */
    public record Found(SourceSchema schema, List<List<String>> parsed, List<String> raw) {}

    /**
     * @param position null for what arrives from now on
     * @throws io.riacho.protocol.AwsException UnableToDetectSchemaException and others, as the API has them
     */
    public Found stream(String arn, String role, @Nullable InputStartingPosition position) {
        Arn resource = Arn.parse(arn)
                .orElseThrow(() -> AnalyticsErrors.invalidArgument(arn + " is no ARN of a stream."));
        if (resource.service().equals("firehose")) {
            throw AnalyticsErrors.notSupported("DiscoverInputSchema of a delivery stream");
        }
        if (!resource.service().equals("kinesis") || !resource.resource().startsWith("stream/")) {
            throw AnalyticsErrors.invalidArgument(arn + " is no ARN of a stream.");
        }
        if (position == InputStartingPosition.LAST_STOPPED_POINT) {
            throw AnalyticsErrors.invalidArgument("LAST_STOPPED_POINT is of applications only.");
        }
        return found(streams.take(arn, role, position == InputStartingPosition.TRIM_HORIZON));
    }

    /** @param bucketArn such as {@code arn:aws:s3:::data} */
    public Found object(String bucketArn, String key, String role) {
        String prefix = "arn:aws:s3:::";
        if (!bucketArn.startsWith(prefix)) {
            throw AnalyticsErrors.invalidArgument(bucketArn + " is no ARN of a bucket.");
        }
        return found(objects.take(bucketArn.substring(prefix.length()), key, role));
    }

    private static Found found(List<String> records) {
        if (records.isEmpty()) {
            throw AnalyticsErrors.undetected("No records were found in the source.", records);
        }
        return JsonSchema.guess(records)
                .or(() -> CsvSchema.guess(records))
                .orElseThrow(() ->
                        AnalyticsErrors.undetected("The records are neither JSON nor CSV.", records));
    }
}
