package io.riacho.firehose.destination.opensearch;

import io.riacho.firehose.record.DeliveryRecord;
import io.riacho.protocol.signature.Sha256;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** One request to the bulk API: documents, each behind the action that indexes it. */
final class BulkRequest {

    static final String CONTENT_TYPE = "application/x-ndjson";

    private static final JsonMapper JSON = JsonMapper.shared();

    /**
     * A record on its way.
     *
     * @param line the document
     * @param id null where the server gives one
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Item(
            DeliveryRecord record,
            byte[] line,
            String index,
            @Nullable String id) {

        /** What the server takes: longer ids are their hash. */
        private static final int LONGEST_ID = 512;

        static String id(String deliveryStream, DeliveryRecord record) {
            String id = deliveryStream + ":" + record.id();
            byte[] bytes = id.getBytes(StandardCharsets.UTF_8);
            return bytes.length <= LONGEST_ID ? id : HexFormat.of().formatHex(Sha256.hash(bytes));
        }

        byte[] action() {
            ObjectNode index = JSON.createObjectNode().put("_index", this.index);
            if (id != null) {
                index.put("_id", id);
            }
            return JSON.writeValueAsBytes(JSON.createObjectNode().set("index", index));
        }
    }

    private final List<Item> items;

    private BulkRequest(List<Item> items) {
        this.items = List.copyOf(items);
    }

    /** The items in requests of a bounded size each. One item is in one request, however large it is. */
    static List<BulkRequest> of(List<Item> items, int mostItems, int mostBytes) {
        List<BulkRequest> requests = new ArrayList<>();
        List<Item> gathered = new ArrayList<>();
        long bytes = 0;
        for (Item item : items) {
            if (!gathered.isEmpty() && (gathered.size() == mostItems || bytes + item.line().length > mostBytes)) {
                requests.add(new BulkRequest(gathered));
                gathered.clear();
                bytes = 0;
            }
            gathered.add(item);
            bytes += item.line().length;
        }
        if (!gathered.isEmpty()) {
            requests.add(new BulkRequest(gathered));
        }
        return requests;
    }

    List<Item> items() {
        return items;
    }

    /** Two requests with half of the items each; of at least two items. */
    List<BulkRequest> halves() {
        int half = items.size() / 2;
        return List.of(new BulkRequest(items.subList(0, half)), new BulkRequest(items.subList(half, items.size())));
    }

    byte[] body() {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        for (Item item : items) {
            body.writeBytes(item.action());
            body.write('\n');
            body.writeBytes(item.line());
            body.write('\n');
        }
        return body.toByteArray();
    }
}
