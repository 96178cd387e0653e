package io.riacho.firehose.catalog;

import io.riacho.firehose.destination.DeliveryStreamName;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;

/** Finds the tables that configurations name. Safe for use by many threads. */
public interface TableDefinitions {

    /**
     * The table as it is now, or the version that is asked for.
     *
     * @param stream that reads it, as the role of the configuration
     * @throws TableAccessException where the role may not read it
     * @throws io.riacho.protocol.AwsException InvalidArgumentException where there is none, or none whose columns have
     *     types that are known here
     * @throws java.io.UncheckedIOException where the catalog cannot be read just now
     */
    TableDefinition find(DeliveryStreamName stream, SchemaConfiguration configuration);
}
