package io.riacho.firehose.processing;

import io.riacho.firehose.destination.DeliveryStreamName;
import io.riacho.firehose.prefix.ObjectKeys;
import io.riacho.firehose.prefix.PrefixTemplate;
import java.net.http.HttpClient;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.ProcessingConfiguration;

/** All that can be done to records before they are delivered. Safe for use by many threads; one for a process. */
public final class Processings implements AutoCloseable {

    private final ProcessingSettings settings;
    private final FunctionUrls urls;
    private final FunctionClient client;

    /** Functions' certificates are checked with what this Java trusts. */
    public Processings(ProcessingSettings settings) {
        this(settings, HttpClient.newBuilder());
    }

    /** @param trust what functions' certificates are checked with */
    public Processings(ProcessingSettings settings, SSLContext trust) {
        this(settings, HttpClient.newBuilder().sslContext(trust));
    }

    private Processings(ProcessingSettings settings, HttpClient.Builder builder) {
        this.settings = settings;
        this.urls = new FunctionUrls(settings.functions());
        this.client = new FunctionClient(builder, settings.functionConcurrency(), settings.functionTimeout());
    }

    /**
     * Checks what a caller gave.
     *
     * @param configuration null, or not enabled, for no processing
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where it says what cannot be done
     */
    public void check(@Nullable ProcessingConfiguration configuration, boolean dynamicPartitioning) {
        plan(configuration, dynamicPartitioning);
    }

    /**
     * Checks what a caller gave, and that it makes the partition keys that a prefix has.
     *
     * @param prefix the {@code Prefix} of the bucket
     */
    public void check(
            @Nullable ProcessingConfiguration configuration, boolean dynamicPartitioning, @Nullable String prefix) {
        ProcessingPlan plan = plan(configuration, dynamicPartitioning);
        PrefixTemplate template = PrefixTemplate.parse(prefix == null ? "" : prefix);
        if (!template.keysFromQuery().isEmpty() && plan.query() == null) {
            throw ProcessorParameters.refused("MetadataExtraction processor should be present when S3 Prefix has"
                    + " partitionKeyFromQuery namespace.");
        }
        if (!template.keysFromLambda().isEmpty() && plan.function() == null) {
            throw ProcessorParameters.refused(
                    "Lambda processor should be present when S3 Prefix has partitionKeyFromLambda namespace.");
        }
        if (template.keysFromQuery().isEmpty() && plan.query() != null) {
            throw ProcessorParameters.refused(
                    "MetaDataExtraction JQ Query can't contain keys that are not present in the S3 Prefix expression");
        }
    }

    /**
     * Makes ready to process a delivery stream's records. Does not connect yet.
     *
     * @throws io.riacho.protocol.AwsException where {@link #check} does
     */
    public Processing open(
            DeliveryStreamName stream, @Nullable ProcessingConfiguration configuration, boolean dynamicPartitioning) {
        return open(stream, configuration, dynamicPartitioning, null);
    }

    /**
     * The same, where records whose partition keys make no key of an object are to fail.
     *
     * @param keys the bucket's
     */
    public Processing open(
            DeliveryStreamName stream,
            @Nullable ProcessingConfiguration configuration,
            boolean dynamicPartitioning,
            @Nullable ObjectKeys keys) {
        ProcessingPlan plan = plan(configuration, dynamicPartitioning);
        ProcessingPlan.FunctionPlan function = plan.function();
        FunctionStep step =
                function == null ? null : new FunctionStep(client, stream, function, urls.of(function.arn()));
        return new Pipeline(plan, step, dynamicPartitioning ? keys : null);
    }

    private ProcessingPlan plan(@Nullable ProcessingConfiguration configuration, boolean dynamicPartitioning) {
        ProcessingPlan plan = ProcessingPlan.of(configuration, dynamicPartitioning, settings.queryTimeout());
        if (plan.function() != null) {
            urls.of(plan.function().arn());
        }
        return plan;
    }

    /** Ends invocations under way. Close each {@link Processing} before. */
    @Override
    public void close() {
        client.close();
    }
}
