package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A session of commands of the AWS CLI, in one process where the CLI can be had so. Not safe for use by several threads. */
final class CommandLine implements AutoCloseable {

    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();
    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final Target target;
    private final Map<String, String> variables;

    private CommandLine(Process process, Target target, Map<String, String> variables) {
        this.process = process;
        this.target = target;
        this.variables = variables;
    }

    /** The test is skipped where the CLI is not installed. */
    static CommandLine started(Target target) {
        return started(target, Map.of());
    }

    /** @param variables of the environment, of those that begin with {@code AWS_}, besides the ones that point it at the target */
    static CommandLine started(Target target, Map<String, String> variables) {
        assumeTrue(Tools.run(Path.of("."), "aws", "--version"), "The AWS CLI is not installed: skipped");
        try {
            ProcessBuilder builder = new ProcessBuilder("python3", "cli.py")
                    .directory(SCRIPTS.toFile())
                    .redirectError(ProcessBuilder.Redirect.INHERIT);
            builder.environment().keySet().removeIf(name -> name.startsWith("AWS_"));
            return new CommandLine(builder.start(), target, variables);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The same session for somebody else; it ends with the one that it is of. */
    CommandLine as(Target other) {
        return new CommandLine(process, other, variables);
    }

    /** What the command prints; the test fails where the command does. */
    JsonNode run(String... arguments) {
        JsonNode answer = answer(arguments);
        String output = answer.path("output").asString();
        assertThat(answer.path("exit").asInt())
                .as(
                        "aws %s: %s",
                        String.join(" ", arguments), answer.path("errors").asString())
                .isZero();
        return output.isBlank() ? JSON.createObjectNode() : JSON.readTree(output);
    }

    /** What the user of a command that fails is told. */
    String refusal(String... arguments) {
        JsonNode answer = answer(arguments);
        assertThat(answer.path("exit").asInt())
                .as(
                        "aws %s: %s",
                        String.join(" ", arguments), answer.path("output").asString())
                .isNotZero();
        return answer.path("errors").asString().strip();
    }

    /** The server for whoever has the temporary credentials in an answer of {@code aws sts}. */
    Target session(JsonNode answer) {
        JsonNode credentials = answer.path("Credentials");
        return target.as(
                credentials.path("AccessKeyId").asString(),
                credentials.path("SecretAccessKey").asString(),
                credentials.path("SessionToken").asString());
    }

    /** Somebody puts a record, which is acknowledged. */
    void putAs(Target who, String stream) {
        assertThat(as(who).run(put(stream)).path("SequenceNumber").asString()).isNotEmpty();
    }

    /** What somebody who may not put a record is told. */
    String refusedPutAs(Target who, String stream) {
        return as(who).refusal(put(stream));
    }

    private static String[] put(String stream) {
        return new String[] {
            "kinesis", "put-record", "--stream-name", stream, "--partition-key", "k", "--data", "aGVsbG8="
        };
    }

    @Override
    public void close() {
        try {
            process.outputWriter(StandardCharsets.UTF_8).close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /** Whatever becomes of the command: its {@code exit}, {@code output} and {@code errors}. */
    JsonNode answer(String... arguments) {
        try {
            var commands = process.outputWriter(StandardCharsets.UTF_8);
            commands.write(
                    JSON.writeValueAsString(Map.of("arguments", List.of(arguments), "environment", environment())));
            commands.newLine();
            commands.flush();
            String line = process.inputReader(StandardCharsets.UTF_8).readLine();
            if (line == null) {
                throw new IllegalStateException("The CLI's process ended at aws " + String.join(" ", arguments));
            }
            return JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, String> environment() {
        Map<String, String> environment = new ProcessBuilder().environment();
        ClientEnvironment.set(environment, target);
        environment.put("AWS_DEFAULT_OUTPUT", "json");
        environment.putAll(variables);
        return environment.entrySet().stream()
                .filter(variable -> variable.getKey().startsWith("AWS_"))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
