package io.riacho.benchmarks.firehose;

import io.riacho.benchmarks.load.Pauses;
import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;
import software.amazon.awssdk.services.firehose.model.BufferingHints;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.CreateDeliveryStreamRequest;
import software.amazon.awssdk.services.firehose.model.DataFormatConversionConfiguration;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.ExtendedS3DestinationConfiguration;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;
import software.amazon.awssdk.services.glue.model.Column;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;

/** Makes delivery streams, and what they need around them: the bucket, the role, the table. Thread-safe. */
final class DeliveryStreams {

    /** Where all that is delivered goes. */
    static final String BUCKET = "benchmark-delivered";

    private static final String ACCOUNT = "000000000000";
    private static final String ROLE_NAME = "benchmark-deliverer";
    private static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/" + ROLE_NAME;
    private static final String BUCKET_ARN = "arn:aws:s3:::" + BUCKET;
    private static final String DATABASE = "benchmark";
    private static final String TABLE = "events";
    private static final Duration STATE_CHANGE = Duration.ofSeconds(60);
    private static final String TRUSTS_FIREHOSE = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
              "Principal": {"Service": "firehose.amazonaws.com"}, "Action": "sts:AssumeRole"}]}""";
    private static final String READS_STREAMS = """
            {"Version": "2012-10-17", "Statement": [{"Effect": "Allow",
             "Action": ["kinesis:*", "glue:GetTable*"], "Resource": "*"}]}""";

    private final AwsClients clients;

    DeliveryStreams(AwsClients clients) {
        this.clients = clients;
    }

    /** Makes what is there once for all delivery streams. */
    void prepare() {
        clients.s3().createBucket(request -> request.bucket(BUCKET));
        try {
            clients.iam().createRole(request -> request.roleName(ROLE_NAME).assumeRolePolicyDocument(TRUSTS_FIREHOSE));
        } catch (EntityAlreadyExistsException e) {
            // From a former run on the same server.
        }
        clients.iam()
                .putRolePolicy(request ->
                        request.roleName(ROLE_NAME).policyName("reads").policyDocument(READS_STREAMS));
        clients.glue().createDatabase(request -> request.databaseInput(database -> database.name(DATABASE)));
        clients.glue()
                .createTable(request -> request.databaseName(DATABASE)
                        .tableInput(table -> table.name(TABLE)
                                .storageDescriptor(storage -> storage.columns(Events.COLUMNS.stream()
                                        .map(column -> Column.builder()
                                                .name(column.name())
                                                .type(column.type())
                                                .build())
                                        .toList()))));
    }

    /** What a delivery stream reads. */
    sealed interface Source {

        /** What is put to itself. */
        record DirectPut() implements Source {}

        /** A Kinesis stream, by its name. */
        record Stream(String name) implements Source {}
    }

    /** Returns once it is ACTIVE. */
    void toBucket(String name, Source source, String prefix, Format format, BufferingHints hints) {
        create(name, source, request -> request.extendedS3DestinationConfiguration(bucket(prefix, format, hints)));
    }

    /** The same to an HTTP endpoint, with no buffer. */
    void toEndpoint(String name, Source source, URI url) {
        create(
                name,
                source,
                request -> request.httpEndpointDestinationConfiguration(destination -> destination
                        .endpointConfiguration(endpoint -> endpoint.url(url.toString()))
                        .bufferingHints(hints -> hints.sizeInMBs(1).intervalInSeconds(0))
                        .roleARN(ROLE)
                        .s3Configuration(backup -> backup.roleARN(ROLE).bucketARN(BUCKET_ARN))));
    }

    /** Returns once it is gone. */
    void delete(String name) {
        clients.firehose().deleteDeliveryStream(request -> request.deliveryStreamName(name));
        Pauses.await(name + " was not deleted", STATE_CHANGE, () -> {
            try {
                status(name);
                return false;
            } catch (ResourceNotFoundException e) {
                return true;
            }
        });
    }

    private void create(String name, Source source, Consumer<CreateDeliveryStreamRequest.Builder> destination) {
        clients.firehose().createDeliveryStream(request -> {
            request.deliveryStreamName(name);
            switch (source) {
                case Source.DirectPut() -> request.deliveryStreamType(DeliveryStreamType.DIRECT_PUT);
                case Source.Stream(String stream) ->
                    request.deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                            .kinesisStreamSourceConfiguration(configuration -> configuration
                                    .roleARN(ROLE)
                                    .kinesisStreamARN("arn:aws:kinesis:us-east-1:" + ACCOUNT + ":stream/" + stream));
            }
            destination.accept(request);
        });
        Pauses.await(name + " did not become ACTIVE", STATE_CHANGE, () -> status(name) == DeliveryStreamStatus.ACTIVE);
    }

    private static ExtendedS3DestinationConfiguration bucket(String prefix, Format format, BufferingHints hints) {
        ExtendedS3DestinationConfiguration.Builder configuration = ExtendedS3DestinationConfiguration.builder()
                .roleARN(ROLE)
                .bucketARN(BUCKET_ARN)
                .prefix(prefix)
                .errorOutputPrefix("errors/" + prefix)
                .bufferingHints(hints);
        switch (format) {
            case LINES -> configuration.compressionFormat(CompressionFormat.UNCOMPRESSED);
            case GZIP -> configuration.compressionFormat(CompressionFormat.GZIP);
            case PARQUET -> configuration.dataFormatConversionConfiguration(DeliveryStreams::toParquet);
        }
        return configuration.build();
    }

    private static void toParquet(DataFormatConversionConfiguration.Builder conversion) {
        conversion
                .enabled(true)
                .inputFormatConfiguration(input -> input.deserializer(serDe -> serDe.openXJsonSerDe(openX -> {})))
                .outputFormatConfiguration(output -> output.serializer(serDe -> serDe.parquetSerDe(parquet -> {})))
                .schemaConfiguration(schema -> schema.roleARN(ROLE)
                        .databaseName(DATABASE)
                        .tableName(TABLE)
                        .region("us-east-1")
                        .versionId("LATEST"));
    }

    private DeliveryStreamStatus status(String name) {
        return clients.firehose()
                .describeDeliveryStream(request -> request.deliveryStreamName(name))
                .deliveryStreamDescription()
                .deliveryStreamStatus();
    }
}
