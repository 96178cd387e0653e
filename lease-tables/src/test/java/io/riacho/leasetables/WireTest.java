package io.riacho.leasetables;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.zip.CRC32;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.services.dynamodb.DynamoDbClient;
import software.amazon.awssdk.services.dynamodb.model.ContinuousBackupsUnavailableException;
import software.amazon.awssdk.services.dynamodb.model.ResourceInUseException;
import software.amazon.awssdk.services.dynamodb.model.ResourceNotFoundException;

/** What goes over the wire, byte by byte. */
class WireTest {

    private final DynamoServer server = DynamoServer.shared();
    private final DynamoDbClient client = server.client();

    @Test
    void answersAreJson10WithAChecksum() {
        HttpResponse<String> answer = server.send("ListTables", "{}");

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.headers().firstValue("content-type")).contains("application/x-amz-json-1.0");
        CRC32 crc = new CRC32();
        crc.update(answer.body().getBytes(StandardCharsets.UTF_8));
        assertThat(answer.headers().firstValue("x-amz-crc32")).contains(Long.toString(crc.getValue()));
    }

    @ParameterizedTest
    @ValueSource(strings = {"application/x-amz-json-1.1", "application/x-amz-cbor-1.1"})
    void otherFormatsAreNotDynamoDbs(String contentType) {
        assertThat(server.send("ListTables", contentType, "{}").statusCode()).isEqualTo(404);
    }

    @Test
    void errorsOfTheApiAndOfTheWireHaveTheirNamespaces() {
        assertThat(server.send("DescribeTable", "{\"TableName\":\"nobody-has-it\"}")
                        .body())
                .contains("\"com.amazonaws.dynamodb.v20120810#ResourceNotFoundException\"")
                .contains("Requested resource not found: Table: nobody-has-it not found");
        assertThat(server.send("DescribeTable", "{\"TableName\":\"x\"}").body())
                .contains("\"com.amazon.coral.validate#ValidationException\"")
                .contains("TableName must be at least 3 characters long and at most 255 characters long");
        assertThat(server.send("DescribeTable", "[").body())
                .contains("\"com.amazon.coral.service#SerializationException\"");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "BatchGetItem", "BatchWriteItem", "ExecuteStatement", "ExecuteTransaction", "BatchExecuteStatement",
                "UpdateTimeToLive", "CreateGlobalTable", "ExportTableToPointInTime", "CreateBackup", "PutResourcePolicy"
            })
    void whatIsOutsideTheSubsetIsRefusedByName(String operation) {
        HttpResponse<String> answer = server.send(operation, "{}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body())
                .contains("UnknownOperationException")
                .contains("The operation " + operation + " is not implemented by this server.");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "\"LocalSecondaryIndexes\":[{\"IndexName\":\"lsi\",\"KeySchema\":[{\"AttributeName\":\"k\",\"KeyType\":\"HASH\"}],\"Projection\":{\"ProjectionType\":\"ALL\"}}]|LocalSecondaryIndexes",
                "\"StreamSpecification\":{\"StreamEnabled\":true}|A stream",
                "\"SSESpecification\":{\"Enabled\":true}|SSESpecification",
                "\"TableClass\":\"STANDARD_INFREQUENT_ACCESS\"|TableClass STANDARD_INFREQUENT_ACCESS"
            })
    void anOptionOfTablesThatWouldDoNothingIsRefused(String option, String named) {
        HttpResponse<String> answer = server.send("CreateTable", """
                        {"TableName":"optional","BillingMode":"PAY_PER_REQUEST",
                         "KeySchema":[{"AttributeName":"k","KeyType":"HASH"}],
                         "AttributeDefinitions":[{"AttributeName":"k","AttributeType":"S"}],%s}""".formatted(option));

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains(named + " is not supported by this server");
    }

    @Test
    void aTableIsActiveAtOnceAndGoneAtOnce() {
        String table = Items.leaseTable(client);
        assertThat(client.describeTable(request -> request.tableName(table)).table())
                .satisfies(described -> {
                    assertThat(described.tableStatusAsString()).isEqualTo("ACTIVE");
                    assertThat(described.tableArn()).isEqualTo(DynamoServer.arn(table));
                    assertThat(described.billingModeSummary().billingModeAsString())
                            .isEqualTo("PAY_PER_REQUEST");
                    assertThat(described.itemCount()).isZero();
                });
        assertThatThrownBy(() -> client.createTable(request -> request.tableName(table)
                        .provisionedThroughput(
                                units -> units.readCapacityUnits(10L).writeCapacityUnits(10L))
                        .keySchema(key -> key.attributeName("leaseKey").keyType("HASH"))
                        .attributeDefinitions(
                                attribute -> attribute.attributeName("leaseKey").attributeType("S"))))
                .isInstanceOf(ResourceInUseException.class);

        client.deleteTable(request -> request.tableName(table));
        assertThatThrownBy(() -> client.describeTable(request -> request.tableName(table)))
                .isInstanceOf(ResourceNotFoundException.class);
    }

    @Test
    void aProtectedTableIsNotDeleted() {
        String table = Items.leaseTable(client);
        client.updateTable(request -> request.tableName(table).deletionProtectionEnabled(true));

        assertThatThrownBy(() -> client.deleteTable(request -> request.tableName(table)))
                .hasMessageContaining("protected against deletion");

        client.updateTable(request -> request.tableName(table).deletionProtectionEnabled(false));
        client.deleteTable(request -> request.tableName(table));
    }

    @Test
    void pointInTimeRecoveryIsOffAndCannotBeSwitchedOn() {
        String table = Items.leaseTable(client);

        assertThat(client.describeContinuousBackups(request -> request.tableName(table))
                        .continuousBackupsDescription()
                        .pointInTimeRecoveryDescription()
                        .pointInTimeRecoveryStatusAsString())
                .isEqualTo("DISABLED");
        assertThatThrownBy(() -> client.updateContinuousBackups(request -> request.tableName(table)
                        .pointInTimeRecoverySpecification(recovery -> recovery.pointInTimeRecoveryEnabled(true))))
                .isInstanceOf(ContinuousBackupsUnavailableException.class);
    }

    @Test
    void namesOfTablesComeInPages() {
        for (int i = 0; i < 3; i++) {
            Items.leaseTable(client);
        }
        assertThat(client.listTablesPaginator(request -> request.limit(2)).tableNames().stream()
                        .toList())
                .isSortedAccordingTo(Comparator.naturalOrder())
                .doesNotHaveDuplicates()
                .hasSizeGreaterThanOrEqualTo(3);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{}|Supplied AttributeValue is empty, must contain exactly one of the supported datatypes",
                "{\"S\":\"a\",\"N\":\"1\"}|Supplied AttributeValue has more than one datatypes set, must contain exactly one of the supported datatypes",
                "{\"N\":\"one\"}|The parameter cannot be converted to a numeric value: one",
                "{\"N\":\"1e126\"}|Number overflow. Attempting to store a number with magnitude larger than supported range",
                "{\"N\":\"1e-131\"}|Number underflow. Attempting to store a number with magnitude smaller than supported range",
                "{\"N\":\"1.23456789012345678901234567890123456789\"}|Attempting to store more than 38 significant digits in a Number",
                "{\"SS\":[]}|One or more parameter values were invalid: An AttributeValue may not contain an empty set",
                "{\"SS\":[\"a\",\"a\"]}|One or more parameter values were invalid: Input collection [a, a] contains duplicates.",
                "{\"NS\":[\"1\",\"1.0\"]}|Input collection contains duplicates",
                "{\"NULL\":false}|One or more parameter values were invalid: Null attribute value types must have the value of true"
            })
    void aValueThatDynamoDbDoesNotKeepIsRefusedInItsWords(String value, String message) {
        String table = Items.leaseTable(client);

        HttpResponse<String> answer = server.send(
                "PutItem",
                "{\"TableName\":\"" + table + "\",\"Item\":{\"leaseKey\":{\"S\":\"k\"},\"a\":" + value + "}}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("\"message\":\"" + message.replace("\"", "\\\"") + "\"");
    }

    @Test
    void valuesOfAllTypesComeBackAsTheyWereOrNormalised() {
        String table = Items.leaseTable(client);
        String deep = "{\"L\":[".repeat(30) + "{\"BOOL\":true}" + "]}".repeat(30);
        server.send("PutItem", """
                        {"TableName":"%s","Item":{"leaseKey":{"S":"k"},"s":{"S":"\\u0000\\ud83d\\ude00"},"n":{"N":"-00120.500e1"},
                         "b":{"B":"AAH/"},"t":{"BOOL":false},"z":{"NULL":true},"ss":{"SS":["b","a"]},"ns":{"NS":["1e2","-0"]},
                         "bs":{"BS":["AA=="]},"m":{"M":{"x":{"L":[{"S":""}]}}},"deep":%s}}""".formatted(table, deep));

        assertThat(server.send("GetItem", "{\"TableName\":\"" + table + "\",\"Key\":{\"leaseKey\":{\"S\":\"k\"}}}")
                        .body())
                .contains("\"s\":{\"S\":\"\\u0000😀\"}")
                .contains("\"n\":{\"N\":\"-1205\"}")
                .contains("\"b\":{\"B\":\"AAH/\"}")
                .contains("\"t\":{\"BOOL\":false}")
                .contains("\"z\":{\"NULL\":true}")
                .contains("\"ss\":{\"SS\":[\"b\",\"a\"]}")
                .contains("\"ns\":{\"NS\":[\"100\",\"0\"]}")
                .contains("\"bs\":{\"BS\":[\"AA==\"]}")
                .contains("\"m\":{\"M\":{\"x\":{\"L\":[{\"S\":\"\"}]}}}")
                .contains("\"deep\":" + deep);
    }

    @Test
    void valuesNestedTooDeepAndHalfCharactersAreRefused() {
        String table = Items.leaseTable(client);
        String deep = "{\"L\":[".repeat(32) + "{\"BOOL\":true}" + "]}".repeat(32);
        String put = "{\"TableName\":\"" + table + "\",\"Item\":{\"leaseKey\":{\"S\":\"k\"},\"a\":%s}}";

        assertThat(server.send("PutItem", put.formatted(deep)).body())
                .contains("Nesting Levels have exceeded supported limits");
        assertThat(server.send("PutItem", put.formatted("{\"S\":\"\\ud83d\"}")).body())
                .contains("SerializationException");
    }
}
