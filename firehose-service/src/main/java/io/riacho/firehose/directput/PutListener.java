package io.riacho.firehose.directput;

import io.riacho.firehose.deliverystream.DeliveryStream;

/** Counts what is put. Safe for use by many threads; has to come back at once. */
@FunctionalInterface
public interface PutListener {

    /**
     * @param bytes of the records, the failed ones included
     * @param failed how many of the records were not taken
     */
    void put(DeliveryStream stream, String operation, int records, long bytes, int failed);
}
