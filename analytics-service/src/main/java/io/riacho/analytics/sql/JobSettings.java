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
    private final @Nullable URI s3;
    private final Map<String, URI> functions;

    /**
     * @param kinesis asked when a job is made: the server's own port is not known before
     * @param trusted certificates (PEM) of the authority that connectors trust; null for those that Java trusts
     * @param s3 where reference data is; null where it cannot be read
     * @param functions where functions are, by their ARNs
     */
    public JobSettings(
            String region,
            Supplier<URI> kinesis,
            Supplier<URI> firehose,
            Supplier<@Nullable String> trusted,
            @Nullable URI s3,
            Map<String, URI> functions) {
        this.region = region;
        this.kinesis = kinesis;
        this.firehose = firehose;
        this.trusted = trusted;
        this.s3 = s3;
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
        if (s3 != null) {
            settings.put("riacho.s3.endpoint", s3.toString());
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
        return s3 != null;
    }
}
