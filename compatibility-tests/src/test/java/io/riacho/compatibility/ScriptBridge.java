package io.riacho.compatibility;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** A script that makes the calls written to its standard input, a JSON object a line, and answers each on its standard output. */
final class ScriptBridge implements ForeignClient.Bridge {

    private static final JsonMapper JSON = new JsonMapper();

    private final Process process;
    private final String service;
    private final BufferedWriter calls;
    private final BufferedReader answers;

    private ScriptBridge(Process process, String service) {
        this.process = process;
        this.service = service;
        this.calls = process.outputWriter(StandardCharsets.UTF_8);
        this.answers = process.inputReader(StandardCharsets.UTF_8);
    }

    static ScriptBridge started(Target target, Path folder, List<String> command) {
        return started("Kinesis", target, folder, command);
    }

    /** @param service as the Java SDK names it; scripts find it in {@code SERVICE} */
    static ScriptBridge started(String service, Target target, Path folder, List<String> command) {
        ProcessBuilder builder =
                new ProcessBuilder(command).directory(folder.toFile()).redirectError(ProcessBuilder.Redirect.INHERIT);
        ClientEnvironment.set(builder.environment(), target);
        builder.environment()
                .put("CLOCK_OFFSET_SECONDS", String.valueOf(target.clockOffset().toSeconds()));
        builder.environment().put("SERVICE", service.toLowerCase(Locale.ROOT));
        builder.environment().put("ATTEMPTS", String.valueOf(target.attempts()));
        try {
            return new ScriptBridge(builder.start(), service);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public Map<?, ?> call(String operation, Map<String, Object> parameters) {
        JsonNode answer;
        try {
            calls.write(JSON.writeValueAsString(Map.of("operation", operation, "parameters", parameters)));
            calls.newLine();
            calls.flush();
            String line = answers.readLine();
            if (line == null) {
                throw new IllegalStateException("The script ended at " + operation);
            }
            answer = JSON.readTree(line);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (answer.has("failure")) {
            throw JSON.treeToValue(answer.get("failure"), ServiceFailure.class).asException(service);
        }
        return JSON.treeToValue(answer.get("result"), Map.class);
    }

    @Override
    public void close() {
        try {
            calls.close();
            process.waitFor();
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }
}
