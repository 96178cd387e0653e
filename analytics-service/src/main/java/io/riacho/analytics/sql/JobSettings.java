package io.riacho.analytics.sql;

import java.net.URI;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What connectors are told of the world by the settings of a job. */
public final class JobSettings {

    private final String region;
    private final Supplier<URI> kinesis;
    private final Supplier<URI> firehose;
    private final Supplier<@Nullable String> trusted;
    private final Reads reads;
    private final Map<String, URI> functions;

    /** How jobs come to objects in buckets. */
    public sealed interface Reads {

        /** They do not. */
        record Nothing() implements Reads {}

        /** From the S3 itself, as their roles. */
        record Directly(URI s3) implements Reads {}

        /** This service reads for them what their roles may read. */
        record ThroughTheService() implements Reads {}
    }

    /**
     * @param kinesis asked when a job is made: the server's own port is not known before
     * @param trusted certificates (PEM) of the authority that connectors trust; null for those that Java trusts
     * @param reads how jobs come to reference data
     * @param functions where functions are, by their ARNs
     */
    public JobSettings(
            String region,
            Supplier<URI> kinesis,
            Supplier<URI> firehose,
            Supplier<@Nullable String> trusted,
            Reads reads,
            Map<String, URI> functions) {
        this.region = region;
        this.kinesis = kinesis;
        this.firehose = firehose;
        this.trusted = trusted;
        this.reads = reads;
        this.functions = Map.copyOf(functions);
    }

    public Map<String, String> of(ApplicationCode code) {
        Map<String, String> settings = new HashMap<>();
        settings.put("riacho.region", region);
        settings.put("riacho.kinesis.endpoint", kinesis.get().toString());
        settings.put("riacho.firehose.endpoint", firehose.get().toString());
        String certificates = trusted.get();
        if (certificates != null) {
            settings.put("riacho.trusted-ca", certificates);
        }
        switch (reads) {
            case Reads.Nothing() -> {}
            case Reads.Directly(URI s3) -> settings.put("riacho.s3.endpoint", s3.toString());
            case Reads.ThroughTheService() ->
                settings.put("riacho.objects.uri", code.own("objects/0").toString());
        }
        settings.put("riacho.credentials.uri", code.own("credentials/0").toString());
        settings.put("riacho.credentials.token", code.access().token());
        settings.put("riacho.preview.uri", code.own("preview").toString());
        settings.put("riacho.application.arn", code.arn());
        functions.forEach((arn, url) -> settings.put("riacho.functions." + arn, url.toString()));
        settings.put("execution.checkpointing.min-pause", code.minPause() + " ms");
        settings.put("table.local-time-zone", "UTC");
        return settings;
    }

    /** Whether the function's place is known. */
    boolean knowsFunction(String arn) {
        return functions.containsKey(arn);
    }

    /** Whether objects in buckets can be read. */
    boolean knowsBuckets() {
        return !(reads instanceof Reads.Nothing);
    }

    /** Whether the service reads objects for jobs. */
    boolean servesObjects() {
        return reads instanceof Reads.ThroughTheService;
    }
}
