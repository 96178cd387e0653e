package io.riacho.compatibility;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.AttributeValue;

/** The table in which an application of the Kinesis Client Library keeps its leases. */
final class LeaseTable implements AutoCloseable {

    private final DynamoDbClient client;
    private final String application;

    /** @param owner the worker that holds it, or null */
    record Lease(String shardId, @Nullable String owner, String checkpoint) {

        boolean isAtShardEnd() {
            return checkpoint.equals("SHARD_END");
        }
    }

    LeaseTable(Target target, String application) {
        this.client = DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .applyMutation(builder -> JavaClients.configure(builder, target))
                .build();
        this.application = application;
    }

    List<Lease> leases() {
        List<Lease> leases = new ArrayList<>();
        for (Map<String, AttributeValue> item : client.scanPaginator(
                        request -> request.tableName(application).consistentRead(true))
                .items()) {
            String key = text(item, "leaseKey");
            if (key != null && key.startsWith("shardId-")) {
                leases.add(new Lease(key, text(item, "leaseOwner"), String.valueOf(text(item, "checkpoint"))));
            }
        }
        return leases;
    }

    private static @Nullable String text(Map<String, AttributeValue> item, String attribute) {
        AttributeValue value = item.get(attribute);
        return value == null ? null : value.s();
    }

    @Override
    public void close() {
        client.close();
    }
}
