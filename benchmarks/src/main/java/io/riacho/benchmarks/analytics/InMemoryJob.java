package io.riacho.benchmarks.analytics;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.job.JobStatus;
import io.riacho.analytics.runtime.RuntimeConfiguration;
import io.riacho.analytics.sql.ApplicationCode;
import io.riacho.analytics.sql.DialectCompiler;
import io.riacho.analytics.sql.JobSettings;
import io.riacho.benchmarks.load.Pauses;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.InputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.OutputDescription;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordColumn;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.RecordFormatType;

/**
 * Runs the job of {@link Averages} as Analytics would, with its own compiler and runtime, but for one word: the connector of the input is
 * {@code in-memory}. A process of its own with the class path of Riacho; a line of its input, the name of a stream and a number of
 * records, is one job.
 */
public final class InMemoryJob {

    static final String FINISHED = "finished";
    static final String FAILED = "failed";

    private static final long CHECKPOINT_INTERVAL = 60_000;
    private static final long MIN_PAUSE = 5_000;

    private final String region = environment("BENCHMARK_REGION");
    private final URI server = URI.create(environment("BENCHMARK_URL"));
    private final URI runs;
    private final JobRunner runner;
    private final DialectCompiler compiler;

    private InMemoryJob(JobRunner runner, URI runs) {
        this.runner = runner;
        this.runs = runs;
        this.compiler = new DialectCompiler(new JobSettings(
                region, () -> server, () -> server, () -> null, new JobSettings.Reads.Nothing(), Map.of()));
    }

    public static void main(String[] arguments) throws IOException {
        // What is logged goes elsewhere than the answers.
        PrintStream answers = System.out;
        System.setOut(System.err);
        HttpServer service = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        service.createContext("/", InMemoryJob::serve);
        service.start();
        URI runs = URI.create("http://127.0.0.1:" + service.getAddress().getPort() + "/v1/runs");
        try (ConfigurableApplicationContext context = new SpringApplicationBuilder(RuntimeConfiguration.class)
                        .web(WebApplicationType.NONE)
                        .bannerMode(Banner.Mode.OFF)
                        .properties(
                                "riacho.analytics.folder=" + environment("BENCHMARK_FOLDER"),
                                "riacho.analytics.flink.connectors=kinesis,preview," + InMemoryTableFactory.CONNECTOR)
                        .run();
                BufferedReader commands =
                        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII))) {
            InMemoryJob job = new InMemoryJob(context.getBean(JobRunner.class), runs);
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String[] words = line.split(" ");
                answers.println(job.run(words[0], Long.parseLong(words[1])));
                answers.flush();
            }
        }
        System.exit(0);
    }

    private String run(String stream, long records) {
        JobSpecification whole = compiler.compile(code(stream));
        JobSpecification specification = new JobSpecification(
                whole.run(),
                whole.application(),
                whole.statements().stream()
                        .map(statement -> fromMemory(statement, records))
                        .toList(),
                whole.inserts(),
                whole.previews(),
                whole.settings(),
                whole.parallelism(),
                whole.checkpointInterval());
        String job = runner.start(specification, null, false);
        while (true) {
            JobStatus status = runner.status(job);
            switch (status.state()) {
                case FINISHED -> {
                    return FINISHED;
                }
                case FAILED, CANCELED, UNKNOWN, RESTARTING -> {
                    return FAILED + " " + status;
                }
                case STARTING, RUNNING -> Pauses.milliseconds(100);
            }
        }
    }

    private static String fromMemory(String statement, long records) {
        return statement.contains("`" + Averages.PREFIX + "_001__input`")
                        && statement.contains("'connector' = 'kinesis'")
                ? statement.replace(
                        "'connector' = 'kinesis'",
                        "'connector' = '" + InMemoryTableFactory.CONNECTOR + "', 'records' = '" + records + "'")
                : statement;
    }

    private ApplicationCode code(String stream) {
        InputDescription input = InputDescription.builder()
                .inputId("1.1")
                .namePrefix(Averages.PREFIX)
                .inAppStreamNames(Averages.PREFIX + "_001")
                .kinesisStreamsInputDescription(
                        source -> source.resourceARN(Averages.streamArn("none")).roleARN(Averages.ROLE))
                .inputSchema(schema -> schema.recordFormat(format -> format.recordFormatType(RecordFormatType.JSON))
                        .recordColumns(
                                column("TICKER", "$.ticker", "VARCHAR(8)"), column("PRICE", "$.price", "DOUBLE")))
                .build();
        OutputDescription output = OutputDescription.builder()
                .name(Averages.OUTPUT)
                .kinesisStreamsOutputDescription(
                        sink -> sink.resourceARN(Averages.streamArn(stream)).roleARN(Averages.ROLE))
                .destinationSchema(schema -> schema.recordFormatType(RecordFormatType.JSON))
                .build();
        return new ApplicationCode(
                UUID.randomUUID().toString(),
                "in-memory",
                "arn:aws:kinesisanalytics:us-east-1:000000000000:application/in-memory",
                Averages.CODE,
                List.of(input),
                List.of(output),
                List.of(),
                null,
                List.of(Averages.ROLE),
                Map.of("1.1", new ApplicationCode.Start(null)),
                new ApplicationCode.Access(runs, "token"),
                1,
                CHECKPOINT_INTERVAL,
                MIN_PAUSE);
    }

    private static RecordColumn column(String name, String mapping, String type) {
        return RecordColumn.builder().name(name).mapping(mapping).sqlType(type).build();
    }

    /** What a job asks of Analytics: the credentials of its role, and whether anyone looks. */
    private static void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            exchange.getRequestBody().readAllBytes();
            String answer = exchange.getRequestURI().getPath().endsWith("/preview")
                    ? "{\"streams\":[]}"
                    : "{\"AccessKeyId\":\"%s\",\"SecretAccessKey\":\"%s\",\"Expiration\":\"%s\"}"
                            .formatted(
                                    environment("BENCHMARK_ACCESS_KEY_ID"),
                                    environment("BENCHMARK_SECRET_ACCESS_KEY"),
                                    Instant.now().plus(1, ChronoUnit.DAYS).truncatedTo(ChronoUnit.SECONDS));
            byte[] bytes = answer.getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, bytes.length);
            exchange.getResponseBody().write(bytes);
        }
    }

    private static String environment(String name) {
        return Objects.requireNonNull(System.getenv(name), name);
    }
}
