package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/**
 * The README's tour as a reader pastes it: its {@code sh} blocks one after the other in one shell. Only the ports are others. The server
 * is killed and started again where the README says so, and the block before it pasted once more.
 */
@Execution(ExecutionMode.CONCURRENT)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ReadmeTest {

    private static final Pattern BLOCK = Pattern.compile("```sh\n(.*?)```", Pattern.DOTALL);

    private String firstReading = "";
    private String secondReading = "";
    private String producer = "";
    private String boto3 = "";
    private String delivered = "";
    private String computed = "";

    @BeforeAll
    void takeTheTour() throws IOException, InterruptedException {
        TestServer.assumeThatServersCanBeStarted();
        assumeTrue(Tools.run(Path.of("."), "aws", "--version"), "The AWS CLI is not installed: skipped");
        assumeTrue(
                Tools.run(Path.of("."), "python3", "-c", "import boto3"),
                "boto3 is not installed (pip install boto3): skipped");
        try (ServerProcess server = ServerProcess.startedWithoutKey("readme")) {
            List<String> blocks = blocks(server);
            firstReading = paste(server, blocks.get(0) + blocks.get(1));
            server.kill();
            server.start();
            String settings = blocks.get(0).lines().findFirst().orElseThrow() + "\n";
            secondReading = paste(server, settings + blocks.get(1));
            producer = paste(server, settings + blocks.get(2));
            boto3 = paste(server, settings + blocks.get(3));
            delivered = paste(server, settings + blocks.get(4));
            computed = paste(server, settings + blocks.get(5) + blocks.get(6));
        }
    }

    @Test
    void theRecordIsReadBack() {
        assertThat(firstReading).contains("\"Data\": \"aGVsbG8=\"");
    }

    @Test
    void theRecordIsThereAfterAKillWithTheSameSequenceNumber() {
        assertThat(secondReading).contains("\"Data\": \"aGVsbG8=\"").contains(sequenceNumber(firstReading));
    }

    @Test
    void theProducerPutsToItsStreamAndIsRefusedOnAnother() {
        assertThat(producer)
                .contains("\"SequenceNumber\"")
                .contains("AccessDeniedException")
                .contains(":user/producer is not authorized to perform: kinesis:PutRecord on resource: ")
                .contains("stream/orders because no identity-based policy allows the kinesis:PutRecord action");
    }

    @Test
    void boto3PrintsWhatItPut() {
        assertThat(boto3).contains("u1 hello", "u0 click 0", "u9 click 9");
    }

    @Test
    void whatWasPutIsInTheBucket() {
        assertThat(delivered).endsWith("hello");
    }

    @Test
    void theApplicationOfKinesisDataAnalyticsWritesItsAverages() {
        assertThat(computed).contains("{\"TICKER\":\"GOOG\",\"AVERAGE\":5.0}");
    }

    @Test
    void theFlinkSqlApplicationWritesItsHighs() {
        assertThat(computed).contains("{\"ticker\":\"AMZN\",\"high\":20.0}");
    }

    private static List<String> blocks(ServerProcess server) throws IOException {
        String readme = Files.readString(Path.of("..", "README.md"));
        List<String> blocks = BLOCK.matcher(readme)
                .results()
                .map(MatchResult::group)
                .map(block -> block.substring("```sh\n".length(), block.length() - "```".length())
                        .replace("http://127.0.0.1:4566", server.target().url().toString())
                        .replace(
                                "http://127.0.0.1:4580", server.s3Target().url().toString()))
                .toList();
        assertThat(blocks).as("sh blocks of the README").hasSize(7);
        return blocks;
    }

    private static String paste(ServerProcess server, String commands) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder("bash", "-e", "-c", commands)
                .directory(server.folder().toFile())
                .redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
        builder.environment().put("AWS_PAGER", "");
        builder.environment().put("AWS_CONFIG_FILE", "/dev/null");
        Process shell = builder.start();
        String output = new String(shell.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(shell.waitFor()).as(output).isZero();
        return output;
    }

    private static String sequenceNumber(String output) {
        return Pattern.compile("\"SequenceNumber\": \"\\d+\"")
                .matcher(output)
                .results()
                .findFirst()
                .orElseThrow()
                .group();
    }
}
