package io.riacho.firehose.deliverystream;

import static io.riacho.firehose.deliverystream.FirehoseServer.BUCKET;
import static io.riacho.firehose.deliverystream.FirehoseServer.ROLE;
import static io.riacho.firehose.deliverystream.FirehoseServer.bucket;
import static io.riacho.firehose.deliverystream.FirehoseServer.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import software.amazon.awssdk.services.firehose.FirehoseClient;
import software.amazon.awssdk.services.firehose.model.CompressionFormat;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamDescription;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamFailureType;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamStatus;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamType;
import software.amazon.awssdk.services.firehose.model.InvalidArgumentException;
import software.amazon.awssdk.services.firehose.model.ListDeliveryStreamsResponse;
import software.amazon.awssdk.services.firehose.model.ResourceInUseException;
import software.amazon.awssdk.services.firehose.model.ResourceNotFoundException;

/** Delivery streams are made, described, listed and deleted. */
class DeliveryStreamsTest {

    private static final String STREAM = "arn:aws:kinesis:eu-central-1:123456789012:stream/clicks";

    private final FirehoseServer server = FirehoseServer.shared();
    private final FirehoseClient client = server.client();
    private final TestListener listener = server.listener();

    @Test
    void aNewDeliveryStreamIsDescribedAsAwsDescribesIt() {
        String name = newName();

        assertThat(client.createDeliveryStream(request ->
                                request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket()))
                        .deliveryStreamARN())
                .isEqualTo(FirehoseServer.arn(name));
        DeliveryStream unused = listener.awaitActive(name);
        HttpResponse<String> raw = server.send("DescribeDeliveryStream", "{\"DeliveryStreamName\":\"" + name + "\"}");

        assertThat(raw.statusCode()).isEqualTo(200);
        String bucket = """
                "RoleARN":"arn:aws:iam::123456789012:role/deliverer","BucketARN":"arn:aws:s3:::lake",\
                "BufferingHints":{"SizeInMBs":5,"IntervalInSeconds":300},"CompressionFormat":"UNCOMPRESSED",\
                "EncryptionConfiguration":{"NoEncryptionConfig":"NoEncryption"},\
                "CloudWatchLoggingOptions":{"Enabled":false}""";
        assertThat(raw.body().replaceFirst("\"CreateTimestamp\":[0-9.]+,", ""))
                .isEqualTo("""
                {"DeliveryStreamDescription":{"DeliveryStreamName":"%s",\
                "DeliveryStreamARN":"arn:aws:firehose:eu-central-1:123456789012:deliverystream/%s",\
                "DeliveryStreamStatus":"ACTIVE","DeliveryStreamEncryptionConfiguration":{"Status":"DISABLED"},\
                "DeliveryStreamType":"DirectPut","VersionId":"1",\
                "Destinations":[{"DestinationId":"destinationId-000000000001",\
                "S3DestinationDescription":{%s},"ExtendedS3DestinationDescription":{%s,"S3BackupMode":"Disabled"}}],\
                "HasMoreDestinations":false}}""".formatted(name, name, bucket, bucket));
    }

    @Test
    void theOlderKindOfBucketIsTheSame() {
        String name = newName();
        client.createDeliveryStream(request -> request.deliveryStreamName(name)
                .s3DestinationConfiguration(
                        s3 -> s3.roleARN(ROLE).bucketARN(BUCKET).compressionFormat(CompressionFormat.GZIP)));

        assertThat(server.describe(name).destinations()).singleElement().satisfies(destination -> {
            assertThat(destination.s3DestinationDescription().compressionFormat())
                    .isEqualTo(CompressionFormat.GZIP);
            assertThat(destination.extendedS3DestinationDescription().compressionFormat())
                    .isEqualTo(CompressionFormat.GZIP);
        });
    }

    @Test
    void whereRecordsComeFromIsDescribed() {
        String direct = newName();
        String kinesis = newName();
        String kafka = newName();
        client.createDeliveryStream(request -> request.deliveryStreamName(direct)
                .directPutSourceConfiguration(source -> source.throughputHintInMBs(7))
                .extendedS3DestinationConfiguration(bucket()));
        client.createDeliveryStream(request -> request.deliveryStreamName(kinesis)
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        source -> source.kinesisStreamARN(STREAM).roleARN(ROLE))
                .extendedS3DestinationConfiguration(bucket()));
        client.createDeliveryStream(request -> request.deliveryStreamName(kafka)
                .deliveryStreamType(DeliveryStreamType.MSK_AS_SOURCE)
                .mskSourceConfiguration(source -> source.mskClusterARN("arn:aws:kafka:one")
                        .topicName("clicks")
                        .authenticationConfiguration(
                                access -> access.roleARN(ROLE).connectivity("PUBLIC")))
                .extendedS3DestinationConfiguration(bucket()));

        assertThat(server.describe(direct).source().directPutSourceDescription().throughputHintInMBs())
                .isEqualTo(7);
        DeliveryStreamDescription ofKinesis = server.describe(kinesis);
        assertThat(ofKinesis.source().kinesisStreamSourceDescription()).satisfies(source -> {
            assertThat(source.kinesisStreamARN()).isEqualTo(STREAM);
            assertThat(source.roleARN()).isEqualTo(ROLE);
            assertThat(source.deliveryStartTimestamp()).isEqualTo(ofKinesis.createTimestamp());
        });
        assertThat(server.describe(kafka).source().mskSourceDescription()).satisfies(source -> {
            assertThat(source.topicName()).isEqualTo("clicks");
            assertThat(source.authenticationConfiguration().roleARN()).isEqualTo(ROLE);
            assertThat(source.deliveryStartTimestamp()).isNotNull();
        });
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "|Exactly one destination configuration is supported for a Firehose",
                "\"ExtendedS3DestinationConfiguration\":@,\"S3DestinationConfiguration\":@|Exactly one destination configuration is supported for a Firehose",
                "\"ElasticsearchDestinationConfiguration\":{\"RoleARN\":\"arn:aws:iam::123456789012:role/r\",\"IndexName\":\"i\",\"S3Configuration\":@}|The destination Elasticsearch is not supported.",
                "\"ExtendedS3DestinationConfiguration\":@,\"DeliveryStreamType\":\"DatabaseAsSource\"|The source Database (DatabaseSourceConfiguration) is not supported.",
                "\"ExtendedS3DestinationConfiguration\":@,\"DeliveryStreamType\":\"KinesisStreamAsSource\"|KinesisSourceStreamConfig is mandatory for KinesisStreamAsSource stream type.",
                "\"ExtendedS3DestinationConfiguration\":@,\"DeliveryStreamType\":\"MSKAsSource\"|MSKSourceConfig is mandatory for MSK as Source stream type.",
                "\"ExtendedS3DestinationConfiguration\":@,\"KinesisStreamSourceConfiguration\":{\"KinesisStreamARN\":\"arn:aws:kinesis:r:123456789012:stream/s\",\"RoleARN\":\"arn:aws:iam::123456789012:role/r\"}|KinesisStreamSourceConfiguration can only be given with the DeliveryStreamType KinesisStreamAsSource, not with DirectPut.",
                "\"ExtendedS3DestinationConfiguration\":@,\"Tags\":[{\"Key\":\"a\"},{\"Key\":\"a\"}]|Duplicate tag key: a",
                "\"ExtendedS3DestinationConfiguration\":@,\"DeliveryStreamEncryptionConfigurationInput\":{\"KeyType\":\"CUSTOMER_MANAGED_CMK\"}|KeyARN has to be specified when KeyType is CUSTOMER_MANAGED_CMK"
            })
    void whatCannotBeHonouredIsRefusedByName(@Nullable String members, String message) {
        String name = newName();
        String rest = members == null
                ? ""
                : "," + members.replace("@", "{\"RoleARN\":\"" + ROLE + "\",\"BucketARN\":\"" + BUCKET + "\"}");

        HttpResponse<String> answer =
                server.send("CreateDeliveryStream", "{\"DeliveryStreamName\":\"" + name + "\"" + rest + "}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"InvalidArgumentException\"").contains("\"message\":\"" + message + "\"");
        assertThat(server.streams().find(name)).isEmpty();
    }

    @Test
    void snowflakeIsRefusedByName() {
        assertThatThrownBy(() -> client.createDeliveryStream(request -> request.deliveryStreamName(newName())
                        .snowflakeDestinationConfiguration(snowflake -> snowflake
                                .accountUrl("https://account.snowflakecomputing.com")
                                .database("d")
                                .schema("s")
                                .table("t")
                                .roleARN(ROLE)
                                .s3Configuration(s3 -> s3.roleARN(ROLE).bucketARN(BUCKET)))))
                .isInstanceOf(InvalidArgumentException.class)
                .hasMessageContaining("The destination Snowflake is not supported.");
    }

    @Test
    void aNameThatTheModelForbidsIsRefused() {
        HttpResponse<String> answer = server.send("CreateDeliveryStream", "{\"DeliveryStreamName\":\"a b\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("Value 'a b' at 'deliveryStreamName' failed to satisfy constraint: Member must satisfy"
                        + " regular expression pattern: [a-zA-Z0-9_.-]+");
    }

    @Test
    void aNameIsGivenOnce() {
        String name = server.activeStream();

        assertThatThrownBy(() -> client.createDeliveryStream(
                        request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket())))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("Firehose " + name + " under accountId 123456789012 already exists");
    }

    @Test
    void ofManyWhoWantANameOneGetsIt() throws Exception {
        String name = newName();
        CountDownLatch begin = new CountDownLatch(1);
        int won = 0;
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> tries = new ArrayList<>();
            for (int i = 0; i < 16; i++) {
                Callable<Boolean> one = () -> {
                    begin.await();
                    client.createDeliveryStream(
                            request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket()));
                    return true;
                };
                tries.add(threads.submit(one));
            }
            begin.countDown();
            for (Future<Boolean> one : tries) {
                try {
                    won += one.get() ? 1 : 0;
                } catch (ExecutionException e) {
                    assertThat(e.getCause()).isInstanceOf(ResourceInUseException.class);
                }
            }
        }
        DeliveryStream unused = listener.awaitActive(name);

        assertThat(won).isEqualTo(1);
        assertThat(listener.done(name)).containsExactly("creating");
    }

    @Test
    void itIsActiveOnceWhatItNeedsIsThere() {
        String name = newName();
        listener.hold("creating", name);
        client.createDeliveryStream(
                request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket()));
        listener.awaitBegun("creating", name);

        assertThat(server.describe(name).deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.CREATING);
        assertThatThrownBy(() -> client.deleteDeliveryStream(request -> request.deliveryStreamName(name)))
                .isInstanceOf(ResourceInUseException.class)
                .hasMessageContaining("not ACTIVE, instead in state CREATING");

        listener.letGo("creating", name);
        assertThat(listener.awaitActive(name).id())
                .isEqualTo(server.streams().get(name).id());
    }

    @Test
    void whatCannotBeMadeSaysWhyAndCanBeDeleted() {
        String name = newName();
        listener.fail(
                "creating", name, new Failure(DeliveryStreamFailureType.UNKNOWN_ERROR, "There is no such stream"));
        client.createDeliveryStream(
                request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket()));
        DeliveryStream unused = listener.await(name, stream -> stream.status() == DeliveryStreamStatus.CREATING_FAILED);

        assertThat(server.describe(name).failureDescription()).satisfies(failure -> {
            assertThat(failure.type()).isEqualTo(DeliveryStreamFailureType.UNKNOWN_ERROR);
            assertThat(failure.details()).isEqualTo("There is no such stream");
        });
        client.deleteDeliveryStream(request -> request.deliveryStreamName(name));
        listener.awaitGone(name);
        assertThat(listener.done(name)).containsExactly("deleting");
    }

    @Test
    void whatBreaksDownIsTriedAgain() {
        String name = newName();
        listener.breakDown("creating", name, 1);
        client.createDeliveryStream(
                request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket()));

        DeliveryStream unused = listener.awaitActive(name);
        assertThat(listener.done(name)).containsExactly("creating");
    }

    @Test
    void aDeletedDeliveryStreamIsGoneOnceAllOfItIs() {
        String name = server.activeStream();
        listener.hold("deleting", name);
        client.deleteDeliveryStream(request -> request.deliveryStreamName(name));
        listener.awaitBegun("deleting", name);

        assertThat(server.describe(name).deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.DELETING);
        client.deleteDeliveryStream(request -> request.deliveryStreamName(name));
        assertThatThrownBy(() -> client.createDeliveryStream(
                        request -> request.deliveryStreamName(name).extendedS3DestinationConfiguration(bucket())))
                .isInstanceOf(ResourceInUseException.class);

        listener.letGo("deleting", name);
        listener.awaitGone(name);
        assertThatThrownBy(() -> server.describe(name))
                .isInstanceOf(ResourceNotFoundException.class)
                .hasMessageContaining("Firehose " + name + " under account 123456789012 not found.");
        assertThatThrownBy(() -> client.deleteDeliveryStream(request -> request.deliveryStreamName(name)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void namesComeInPagesInTheirOrder() {
        String prefix = "page-" + newName() + "-";
        for (String end : List.of("c", "a", "b")) {
            client.createDeliveryStream(
                    request -> request.deliveryStreamName(prefix + end).extendedS3DestinationConfiguration(bucket()));
        }
        client.createDeliveryStream(request -> request.deliveryStreamName(prefix + "d")
                .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE)
                .kinesisStreamSourceConfiguration(
                        source -> source.kinesisStreamARN(STREAM).roleARN(ROLE))
                .extendedS3DestinationConfiguration(bucket()));

        ListDeliveryStreamsResponse first = client.listDeliveryStreams(
                request -> request.exclusiveStartDeliveryStreamName(prefix).limit(2));
        ListDeliveryStreamsResponse second =
                client.listDeliveryStreams(request -> request.exclusiveStartDeliveryStreamName(prefix + "b")
                        .limit(1)
                        .deliveryStreamType(DeliveryStreamType.DIRECT_PUT));
        ListDeliveryStreamsResponse ofKinesis =
                client.listDeliveryStreams(request -> request.exclusiveStartDeliveryStreamName(prefix)
                        .limit(1)
                        .deliveryStreamType(DeliveryStreamType.KINESIS_STREAM_AS_SOURCE));

        assertThat(first.deliveryStreamNames()).containsExactly(prefix + "a", prefix + "b");
        assertThat(first.hasMoreDeliveryStreams()).isTrue();
        assertThat(second.deliveryStreamNames()).containsExactly(prefix + "c");
        assertThat(ofKinesis.deliveryStreamNames()).containsExactly(prefix + "d");
    }

    @Test
    void secretsAreNotDescribedButForSplunksToken() {
        String http = newName();
        String redshift = newName();
        String splunk = newName();
        client.createDeliveryStream(request -> request.deliveryStreamName(http)
                .httpEndpointDestinationConfiguration(endpoint -> endpoint.endpointConfiguration(to ->
                                to.url("https://example.com/in").name("in").accessKey("the-access-key"))
                        .s3Configuration(s3 -> s3.roleARN(ROLE).bucketARN(BUCKET))));
        client.createDeliveryStream(request -> request.deliveryStreamName(redshift)
                .redshiftDestinationConfiguration(cluster -> cluster.roleARN(ROLE)
                        .clusterJDBCURL("jdbc:redshift://c.x.eu-central-1.redshift.amazonaws.com:5439/db")
                        .copyCommand(copy -> copy.dataTableName("t"))
                        .username("loader")
                        .password("the-password")
                        .s3Configuration(s3 -> s3.roleARN(ROLE).bucketARN(BUCKET))));
        client.createDeliveryStream(request -> request.deliveryStreamName(splunk)
                .splunkDestinationConfiguration(hec -> hec.hecEndpoint("https://splunk:8088")
                        .hecEndpointType("Event")
                        .hecToken("the-token")
                        .s3Configuration(s3 -> s3.roleARN(ROLE).bucketARN(BUCKET))));

        assertThat(described(http)).contains("https://example.com/in").doesNotContain("the-access-key");
        assertThat(described(redshift)).contains("loader").doesNotContain("the-password");
        assertThat(described(splunk)).contains("the-token");
        assertThat(server.streams().get(splunk).toString()).doesNotContain("the-token");
    }

    @Test
    void whatIsWrongWithADeliveryIsDescribedUntilItIsRight() {
        String name = server.activeStream();
        DeliveryStreams streams = server.streams();
        Failure away = new Failure(DeliveryStreamFailureType.UNKNOWN_ERROR, "The bucket lake cannot be reached");

        streams.reportFailure(streams.get(name).id(), away);
        assertThat(server.describe(name)).satisfies(described -> {
            assertThat(described.failureDescription().details()).isEqualTo("The bucket lake cannot be reached");
            assertThat(described.deliveryStreamStatus()).isEqualTo(DeliveryStreamStatus.ACTIVE);
            assertThat(described.versionId()).isEqualTo("1");
        });

        streams.reportFailure(streams.get(name).id(), null);
        assertThat(server.describe(name).failureDescription()).isNull();
    }

    @Test
    void aDestinationBehindTheLastIsNone() {
        String name = server.activeStream();

        assertThat(client.describeDeliveryStream(request -> request.deliveryStreamName(name)
                                .exclusiveStartDestinationId("destinationId-000000000001"))
                        .deliveryStreamDescription()
                        .destinations())
                .isEmpty();
        assertThat(server.describe(name).deliveryStreamEncryptionConfiguration().status())
                .isEqualTo(DeliveryStreamEncryptionStatus.DISABLED);
    }

    private String described(String name) {
        return server.send("DescribeDeliveryStream", "{\"DeliveryStreamName\":\"" + name + "\"}")
                .body();
    }
}
