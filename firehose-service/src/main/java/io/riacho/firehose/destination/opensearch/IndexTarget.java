package io.riacho.firehose.destination.opensearch;

import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.opensearch.BulkRequest.Item;
import io.riacho.firehose.record.DeliveryRecord;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Where documents go.
 *
 * @param cluster the URL in front of {@code _bulk}
 * @param withIds whether documents have ids that are made from their records, so that a repeat overwrites
 * @param details what the members of error records begin with: {@code es}, or {@code os} for Serverless
 */
record IndexTarget(
        String deliveryStream, URI cluster, SearchAuth auth, IndexNames names, boolean withIds, String details) {

    URI bulk() {
        String url = cluster.toString();
        return URI.create((url.endsWith("/") ? url : url + "/")
                + "_bulk?filter_path=errors,items.*.status,items.*.error.type,items.*.error.reason,"
                + "items.*.error.caused_by.reason");
    }

    Item item(DeliveryRecord record, byte[] line) {
        return new Item(record, line, names.of(record.arrival()), withIds ? Item.id(deliveryStream, record) : null);
    }

    Rejection rejection(DeliveryRecord record, String code, String message) {
        return new Rejection(record, code, message, details(record));
    }

    /** Where a record was to go. */
    Map<String, String> details(DeliveryRecord record) {
        Map<String, String> members = new LinkedHashMap<>();
        if (withIds) {
            members.put(details + "DocumentId", Item.id(deliveryStream, record));
        }
        members.put(details + "IndexName", names.of(record.arrival()));
        return members;
    }

    /** Without what lets in. */
    @Override
    public String toString() {
        return "indices at " + cluster.getHost();
    }
}
