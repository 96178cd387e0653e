package io.riacho.firehose.destination.opensearch;

import io.riacho.firehose.destination.Delivered;
import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.destination.DeliveryException;
import io.riacho.firehose.destination.Destination;
import io.riacho.firehose.destination.Rejection;
import io.riacho.firehose.destination.opensearch.BulkRequest.Item;
import io.riacho.firehose.destination.web.WebAnswer;
import io.riacho.firehose.destination.web.WebClient;
import io.riacho.firehose.destination.web.WebException;
import io.riacho.firehose.record.DeliveryRecord;
import java.net.URI;
import java.net.http.HttpRequest;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A cluster that has OpenSearch's bulk API. Safe for use by many threads.
 *
 * <p>A delivery is several requests where it is large. When one of them fails, what was delivered before stays delivered,
 * and the rest is postponed.
 *
 * @see <a href="https://docs.opensearch.org/latest/api-reference/document-apis/bulk/">Bulk API</a>
 */
final class SearchDestination implements Destination {

    private static final int MOST_ITEMS = 2_000;
    private static final int MOST_BYTES = 5 << 20;
    private static final int LARGEST_ANSWER = 16 << 20;
    private static final int TOO_LARGE = 413;
    private static final JsonMapper JSON = JsonMapper.shared();

    private final WebClient.Peer peer;
    private final IndexTarget target;

    SearchDestination(WebClient.Peer peer, IndexTarget target) {
        this.peer = peer;
        this.target = target;
    }

    @Override
    public Delivered deliver(Delivery delivery) throws DeliveryException, InterruptedException {
        List<Rejection> rejected = new ArrayList<>();
        List<Rejection> postponed = new ArrayList<>();
        Deque<BulkRequest> requests =
                new ArrayDeque<>(BulkRequest.of(items(delivery, rejected), MOST_ITEMS, MOST_BYTES));
        boolean begun = false;
        while (!requests.isEmpty()) {
            BulkRequest request = requests.pop();
            WebAnswer answer;
            List<JsonNode> results;
            try {
                answer = send(request);
                if (answer.status() == TOO_LARGE) {
                    split(request, requests, rejected);
                    continue;
                }
                results = results(request, answer);
            } catch (DeliveryException e) {
                if (!begun) {
                    throw e;
                }
                requests.push(request);
                requests.forEach(left -> left.items()
                        .forEach(item -> postponed.add(target.rejection(item.record(), e.code(), e.getMessage()))));
                break;
            }
            begun = true;
            sort(request, results, rejected, postponed);
        }
        return new Delivered(rejected, postponed);
    }

    private List<Item> items(Delivery delivery, List<Rejection> rejected) {
        List<Item> items = new ArrayList<>(delivery.records().size());
        for (DeliveryRecord record : delivery.records()) {
            byte[] line = Documents.line(record.data());
            if (line == null) {
                rejected.add(target.rejection(
                        record, "400", "mapper_parsing_exception: the record is not one JSON object in UTF-8"));
            } else {
                items.add(target.item(record, line));
            }
        }
        return items;
    }

    private WebAnswer send(BulkRequest request) throws DeliveryException, InterruptedException {
        URI url = target.bulk();
        byte[] body = request.body();
        HttpRequest.Builder builder = HttpRequest.newBuilder(url)
                .header("Content-Type", BulkRequest.CONTENT_TYPE)
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        target.auth().sign(builder, url, body);
        try {
            return peer.send(builder, LARGEST_ANSWER);
        } catch (WebException e) {
            throw DeliveryException.retryable(code(e.reason()), e.getMessage(), null);
        }
    }

    private static String code(WebException.Reason reason) {
        return switch (reason) {
            case UNREACHABLE -> "OS.ConnectionFailed";
            case UNTRUSTED -> "OS.SSLHandshakeFailure";
            case TIMED_OUT -> "OS.RequestTimeout";
            case BROKEN -> "OS.ConnectionReset";
        };
    }

    private void split(BulkRequest request, Deque<BulkRequest> requests, List<Rejection> rejected) {
        if (request.items().size() == 1) {
            rejected.add(target.rejection(
                    request.items().getFirst().record(),
                    String.valueOf(TOO_LARGE),
                    "the document is too large for the cluster"));
            return;
        }
        request.halves().reversed().forEach(requests::push);
    }

    /** What became of each item, in their order. */
    private List<JsonNode> results(BulkRequest request, WebAnswer answer) throws DeliveryException {
        String host = target.cluster().getHost();
        if (answer.status() != 200) {
            throw DeliveryException.retryable(
                    String.valueOf(answer.status()), host + " answered " + answer.status() + reason(answer), null);
        }
        if (answer.isCut()) {
            throw notBulk(host);
        }
        try {
            JsonNode items = JSON.readTree(answer.body()).path("items");
            if (items.size() == request.items().size()) {
                List<JsonNode> results = new ArrayList<>(items.size());
                for (JsonNode item : items) {
                    JsonNode result = item.path("index");
                    if (!result.path("status").isInt()) {
                        throw notBulk(host);
                    }
                    results.add(result);
                }
                return results;
            }
        } catch (JacksonException e) {
            throw notBulk(host);
        }
        throw notBulk(host);
    }

    private static DeliveryException notBulk(String host) {
        return DeliveryException.retryable(
                "OS.InvalidResponse", host + " did not answer as OpenSearch's bulk API does", null);
    }

    private static String reason(WebAnswer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            return ": it does not let Riacho in";
        }
        try {
            JsonNode error = JSON.readTree(answer.body()).path("error");
            return error.isObject() ? ": " + text(error) : "";
        } catch (JacksonException e) {
            return "";
        }
    }

    private void sort(
            BulkRequest request, List<JsonNode> results, List<Rejection> rejected, List<Rejection> postponed) {
        for (int i = 0; i < results.size(); i++) {
            int status = results.get(i).path("status").intValue();
            if (status >= 200 && status < 300) {
                continue;
            }
            Rejection rejection = target.rejection(
                    request.items().get(i).record(),
                    String.valueOf(status),
                    text(results.get(i).path("error")));
            (status == 429 || status >= 500 ? postponed : rejected).add(rejection);
        }
    }

    private static String text(JsonNode error) {
        String text = error.path("type").asString("error") + ": "
                + error.path("reason").asString("");
        String cause = error.path("caused_by").path("reason").asString("");
        return WebAnswer.excerpt(cause.isEmpty() ? text : text + " (" + cause + ")");
    }

    @Override
    public Map<String, String> details(DeliveryRecord record) {
        return target.details(record);
    }

    @Override
    public void close() {
        // The connections belong to all destinations.
    }

    @Override
    public String toString() {
        return target.toString();
    }
}
