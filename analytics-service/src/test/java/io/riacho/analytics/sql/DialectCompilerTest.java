package io.riacho.analytics.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobSpecification;
import java.net.URI;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.OutputDescription;

/** The dialect, translated, with the tables that the application is connected to. */
class DialectCompilerTest {

    private static final String READER = "arn:aws:iam::123456789012:role/reader";
    private static final String WRITER = "arn:aws:iam::123456789012:role/writer";
    private static final String FUNCTION = "arn:aws:lambda:eu-central-1:123456789012:function:clean";
    private static final String CODE = """
            CREATE OR REPLACE STREAM "DESTINATION_SQL_STREAM" (ticker VARCHAR(4), price DOUBLE);
            CREATE OR REPLACE PUMP "STREAM_PUMP" AS INSERT INTO "DESTINATION_SQL_STREAM"
            SELECT STREAM ticker, price FROM "SOURCE_SQL_STREAM_001" WHERE price > 10;
            """;

    private final JobSettings settings = new JobSettings(
            "eu-central-1",
            () -> URI.create("http://127.0.0.1:4566"),
            () -> URI.create("http://127.0.0.1:4566"),
            () -> null,
            new JobSettings.Reads.Nothing(),
            Map.of(FUNCTION, URI.create("http://127.0.0.1:9000/clean")));
    private final DialectCompiler compiler = new DialectCompiler(settings);

    @Test
    void inputsAndOutputsAreTablesThatActAsTheirOwnRoles() {
        JobSpecification job = compiler.compile(code(CODE, 2, List.of(output())));

        String tables = String.join("\n", job.statements());
        assertThat(tables)
                .contains("'connector' = 'kinesis'")
                .contains("'shards.modulo' = '2'")
                .contains("'shards.remainder' = '1'")
                .contains("'source.init.timestamp' = '2026-01-02T03:04:05Z'")
                .contains("'aws.credentials.uri' = 'http://127.0.0.1:4569/v1/runs/run/credentials/0'")
                .contains("'aws.credentials.uri' = 'http://127.0.0.1:4569/v1/runs/run/credentials/1'")
                .contains("\"RecordColumns\":[{\"Name\":\"TICKER\"")
                .contains("'kinesis-analytics.function' = '" + FUNCTION + "'");
        assertThat(job.inserts()).hasSize(1);
        assertThat(job.previews().keySet()).contains("DESTINATION_SQL_STREAM", "SOURCE_SQL_STREAM_001", "error_stream");
        assertThat(job.settings())
                .containsEntry("riacho.credentials.token", "token")
                .containsEntry("riacho.functions." + FUNCTION, "http://127.0.0.1:9000/clean")
                .containsEntry("riacho.preview.uri", "http://127.0.0.1:4569/v1/runs/run/preview");
        assertThat(job.toString()).doesNotContain("token");
    }

    @Test
    void anApplicationWithoutOutputsRunsForThoseWhoLookAtIt() {
        JobSpecification job = compiler.compile(code(CODE, 1, List.of()));

        assertThat(job.inserts()).singleElement().asString().contains("`__nowhere`");
    }

    @Test
    void whatIsLeftOutCanBeLookedAtWhetherItIsWrittenOrNot() {
        OutputDescription written = output().toBuilder().name("ERROR_STREAM").build();

        for (JobSpecification job : List.of(
                compiler.compile(code(CODE, 1, List.of(output()))),
                compiler.compile(code(CODE, 1, List.of(output(), written))))) {
            assertThat(job.previews()).containsKey("error_stream");
            assertThat(job.statements())
                    .filteredOn(statement -> statement.toLowerCase(Locale.ROOT).contains("view `error_stream` as"))
                    .hasSize(1);
        }
        assertThat(compiler.compile(code(CODE.replace("DESTINATION_SQL_STREAM", "error_stream"), 1, List.of()))
                        .previews())
                .hasSize(2)
                .containsKey("error_stream");
    }

    @Test
    void whatIsWrongIsToldWithItsPlace() {
        assertThatThrownBy(() -> compiler.compile(
                        code(CODE.replace("SELECT STREAM ticker", "SELECT STREAM nothing"), 1, List.of(output()))))
                .isInstanceOfSatisfying(CodeException.class, e -> {
                    assertThat(e.line()).isEqualTo(3);
                    assertThat(e.getMessage()).doesNotStartWith("line");
                });
        assertThatThrownBy(() -> compiler.checkSyntax("CREATE STREAM")).isInstanceOf(CodeException.class);
    }

    @Test
    void aFunctionWhosePlaceIsNotKnownIsToldAtOnce() {
        DialectCompiler none = new DialectCompiler(new JobSettings(
                "eu-central-1",
                () -> URI.create("http://127.0.0.1:4566"),
                () -> URI.create("http://127.0.0.1:4566"),
                () -> null,
                new JobSettings.Reads.Nothing(),
                Map.of()));

        assertThatThrownBy(() -> none.compile(code(CODE, 1, List.of(output()))))
                .isInstanceOf(CodeException.class)
                .hasMessageContaining(FUNCTION);
    }

    private static OutputDescription output() {
        return OutputDescription.builder()
                .outputId("1.1")
                .name("DESTINATION_SQL_STREAM")
                .kinesisStreamsOutputDescription(
                        stream -> stream.resourceARN("arn:aws:kinesis:eu-central-1:123456789012:stream/out")
                                .roleARN(WRITER))
                .destinationSchema(format -> format.recordFormatType("JSON"))
                .build();
    }

    private static ApplicationCode code(String text, int parallelism, List<OutputDescription> outputs) {
        List<String> names = parallelism == 1
                ? List.of("SOURCE_SQL_STREAM_001")
                : List.of("SOURCE_SQL_STREAM_001", "SOURCE_SQL_STREAM_002");
        return new ApplicationCode(
                "run",
                "app",
                "arn:aws:kinesisanalytics:eu-central-1:123456789012:application/app",
                text,
                List.of(InputDescription.builder()
                        .inputId("1.1")
                        .namePrefix("SOURCE_SQL_STREAM")
                        .inAppStreamNames(names)
                        .kinesisStreamsInputDescription(
                                stream -> stream.resourceARN("arn:aws:kinesis:eu-central-1:123456789012:stream/in")
                                        .roleARN(READER))
                        .inputProcessingConfigurationDescription(
                                processing -> processing.inputLambdaProcessorDescription(
                                        lambda -> lambda.resourceARN(FUNCTION).roleARN(READER)))
                        .inputSchema(schema -> schema.recordFormat(format -> format.recordFormatType("JSON"))
                                .recordEncoding("UTF-8")
                                .recordColumns(
                                        column -> column.name("TICKER")
                                                .mapping("$.t")
                                                .sqlType("VARCHAR(4)"),
                                        column -> column.name("PRICE")
                                                .mapping("$.p")
                                                .sqlType("DOUBLE")))
                        .build()),
                outputs,
                List.of(),
                null,
                List.of(READER, WRITER),
                Map.of("1.1", new ApplicationCode.Start(Instant.parse("2026-01-02T03:04:05Z"))),
                new ApplicationCode.Access(URI.create("http://127.0.0.1:4569/v1/runs"), "token"),
                1,
                10_000,
                1_000);
    }
}
