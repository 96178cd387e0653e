package io.riacho.compatibility;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
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
        URI endpoint = target.url();
        this.client = DynamoDbClient.builder()
                .httpClient(UrlConnectionHttpClient.create())
                .endpointOverride(endpoint)
                .region(Region.of(Target.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(target.accessKeyId(), target.secretAccessKey())))
                .build();
        this.application = application;
    }

    List<Lease> leases() {
        List<Lease> leases = new ArrayList<>();
        for (Map<String, AttributeValue> item : client.scanPaginator(
                        request -> request.tableName(application).consistentRead(true))
                .items()) {
            String key = item.get("leaseKey").s();
            if (key.startsWith("shardId-")) {
                AttributeValue owner = item.get("leaseOwner");
                leases.add(new Lease(
                        key, owner == null ? null : owner.s(), item.get("checkpoint").s()));
            }
        }
        return leases;
    }

    @Override
    public void close() {
        client.close();
    }
}
