package io.riacho.firehose.catalog;

import io.riacho.firehose.destination.DeliveryStreamName;
import software.amazon.awssdk.services.firehose.model.SchemaConfiguration;

/** Sees to it that tables are read by who may. Safe for use by many threads. */
@FunctionalInterface
public interface TableReaders {

    /**
     * @param configuration with the role as which the delivery stream reads the table, and the table
     * @throws TableAccessException where the role may not, or may not be assumed
     * @throws java.io.UncheckedIOException where that cannot be found out just now
     */
    void require(DeliveryStreamName stream, SchemaConfiguration configuration);
}
