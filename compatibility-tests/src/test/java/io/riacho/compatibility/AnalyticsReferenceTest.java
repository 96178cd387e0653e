package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordColumn;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;

/** Reference data from the S3 that Riacho serves itself, read as far as the application's role may. */
final class AnalyticsReferenceTest {

    private static final String CODE = """
            CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (event_key VARCHAR(16), company VARCHAR(32));
            CREATE OR REPLACE PUMP "STREAM_PUMP" AS INSERT INTO "DESTINATION_SQL_STREAM"
              SELECT STREAM "SOURCE_SQL_STREAM_001".event_key, c.company FROM "SOURCE_SQL_STREAM_001"
              LEFT JOIN "COMPANIES" AS c ON "SOURCE_SQL_STREAM_001".event_key = c.ticker;
            """;

    @RegisterExtension
    static final TestServer SERVER = TestServer.asDelivered();

    private TestBucket bucket;
    private KinesisClient kinesis;
    private TestStreams streams;
    private TestIdentities identities;
    private TestApplications applications;
    private String input;
    private String output;

    @BeforeEach
    void aBucketAndStreams() {
        Target target = SERVER.target();
        bucket = TestBucket.created(SERVER.s3Target());
        bucket.put("companies.csv", "AMZN,Amazon\nGOOG,Alphabet\n");
        kinesis = JavaClients.urlConnection(target);
        streams = new TestStreams(target);
        identities = new TestIdentities(target);
        applications = new TestApplications(target);
        input = streams.create(1);
        output = streams.create(1);
    }

    @AfterEach
    void clean() {
        applications.close();
        identities.close();
        streams.close();
        kinesis.close();
        bucket.close();
    }

    @Test
    void recordsAreJoinedWithTheObjectThatTheRoleMayRead() {
        String application = application(bucket.arn() + "/companies.csv");
        put("AMZN", "QXZ");

        applications.startFromTrimHorizon(application);

        Pause.until("both rows are there", () -> rows().size() == 2);
        assertThat(rows())
                .containsExactly(
                        "{\"EVENT_KEY\":\"AMZN\",\"COMPANY\":\"Amazon\"}", "{\"EVENT_KEY\":\"QXZ\",\"COMPANY\":null}");
    }

    @Test
    void anObjectThatTheRoleMayNotReadIsToldOf() {
        String application = application(bucket.arn() + "/others.csv");
        put("AMZN");

        applications.startFromTrimHorizon(application);

        Pause.until(
                "the problem is told",
                () -> applications.problems(application).stream()
                        .anyMatch(problem -> problem.contains("is not authorized to perform: s3:GetObject")));
        assertThat(rows()).isEmpty();
    }

    @Test
    void aSchemaIsDiscoveredFromAnObjectThatTheRoleMayReadAndFromNoOther() {
        String mayRead = role(bucket.arn() + "/*");
        String mayNot = role(bucket.arn() + "/others.csv");

        assertThat(applications
                        .client()
                        .discoverInputSchema(request -> request.serviceExecutionRole(mayRead)
                                .s3Configuration(
                                        s3 -> s3.bucketARN(bucket.arn()).fileKey("companies.csv")))
                        .parsedInputRecords())
                .contains(List.of("AMZN", "Amazon"));
        assertThatThrownBy(() -> applications
                        .client()
                        .discoverInputSchema(request -> request.serviceExecutionRole(mayNot)
                                .s3Configuration(
                                        s3 -> s3.bucketARN(bucket.arn()).fileKey("companies.csv"))))
                .hasMessageContaining("is not authorized to perform: s3:GetObject");
    }

    private String application(String readable) {
        String application = applications.create(
                CODE,
                streams.arn(input),
                role(readable),
                to -> to.kinesisStreamsOutput(stream -> stream.resourceARN(streams.arn(output)))
                        .destinationSchema(schema -> schema.recordFormatType(RecordFormatType.JSON)));
        applications
                .client()
                .addApplicationReferenceDataSource(request -> request.applicationName(application)
                        .currentApplicationVersionId(
                                applications.describe(application).applicationVersionId())
                        .referenceDataSource(reference -> reference
                                .tableName("COMPANIES")
                                .s3ReferenceDataSource(
                                        object -> object.bucketARN(bucket.arn()).fileKey("companies.csv"))
                                .referenceSchema(schema -> schema.recordFormat(format -> format.recordFormatType(
                                                        RecordFormatType.CSV)
                                                .mappingParameters(mapping -> mapping.csvMappingParameters(
                                                        csv -> csv.recordColumnDelimiter(",")
                                                                .recordRowDelimiter("\n"))))
                                        .recordColumns(
                                                column("TICKER", "VARCHAR(16)"), column("COMPANY", "VARCHAR(32)")))));
        return application;
    }

    private static RecordColumn column(String name, String type) {
        return RecordColumn.builder().name(name).sqlType(type).build();
    }

    private String role(String readable) {
        return identities.role(
                Policies.trustService(TestApplications.SERVICE),
                Policies.document(
                        "{\"Effect\":\"Allow\",\"Action\":\"kinesis:*\",\"Resource\":\"*\"}",
                        "{\"Effect\":\"Allow\",\"Action\":\"s3:GetObject\",\"Resource\":\"" + readable + "\"}"));
    }

    private void put(String... keys) {
        for (String key : keys) {
            kinesis.putRecord(record -> record.streamName(input)
                    .partitionKey("one")
                    .data(SdkBytes.fromUtf8String("{\"key\":\"" + key + "\",\"number\":1}")));
        }
    }

    private List<String> rows() {
        return new GrowingStream(kinesis, output).texts();
    }
}
