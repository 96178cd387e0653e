package io.riacho.compatibility;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * The AWS CLI: a {@link CommandLine} for all calls. Blobs go in as a file or, in a batch, as text: version 1 takes no other form there, and
 * version 2 takes it by configuration.
 */
final class CommandLineBridge implements ForeignClient.Bridge {

    private static final Pattern FAILURE = Pattern.compile(
            "An error occurred \\((\\w+)\\) when calling the \\w+ operation[^:]*: (.*)", Pattern.DOTALL);
    private static final JsonMapper JSON = new JsonMapper();

    private final String service;
    private final CommandLine aws;
    private final Path folder;

    /** @param folder for what goes to the CLI and comes from it */
    CommandLineBridge(Target target, Path folder) {
        this("Kinesis", target, folder);
    }

    /**
     * @param service as the Java SDK names it
     * @param folder for what goes to the CLI and comes from it
     */
    CommandLineBridge(String service, Target target, Path folder) {
        this.service = service;
        this.folder = folder;
        try {
            Files.createDirectories(folder);
            Files.writeString(
                    folder.resolve("config"),
                    "[default]\ncli_timestamp_format = iso8601\ncli_binary_format = raw-in-base64-out\n");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        this.aws = CommandLine.started(
                target,
                Map.of(
                        "AWS_CONFIG_FILE", folder.resolve("config").toString(),
                        "AWS_RETRY_MODE", "standard",
                        "AWS_MAX_ATTEMPTS", String.valueOf(target.attempts())));
    }

    @Override
    public Map<?, ?> call(String operation, Map<String, Object> parameters) {
        try {
            Map<String, Object> input = new LinkedHashMap<>(parameters);
            List<String> command = new ArrayList<>(List.of(
                    service.toLowerCase(Locale.ROOT), commandOf(operation), "--output", "json", "--no-paginate"));
            if (input.remove("Data") instanceof String data) {
                Path blob = folder.resolve("data");
                Files.write(blob, Base64.getDecoder().decode(data));
                command.addAll(List.of("--data", "fileb://" + blob));
            }
            if (input.get("Records") instanceof List<?> records) {
                input.put(
                        "Records",
                        records.stream().map(CommandLineBridge::withText).toList());
            }
            if (input.get("Record") instanceof Map<?, ?> record) {
                input.put("Record", withText(record));
            }
            Path file = folder.resolve("input.json");
            Files.writeString(file, JSON.writeValueAsString(input));
            command.addAll(List.of("--cli-input-json", "file://" + file));
            return run(command);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        aws.close();
    }

    private Map<?, ?> run(List<String> command) {
        JsonNode answer = aws.answer(command.toArray(String[]::new));
        if (answer.path("exit").asInt() != 0) {
            throw failure(answer.path("errors").asString().strip()).asException(service);
        }
        String json = answer.path("output").asString();
        return json.isBlank() ? Map.of() : JSON.readValue(json, Map.class);
    }

    /** The CLI prints neither the class of its exception nor the status; its exit codes tell a server's error from its own. */
    private static ServiceFailure failure(String text) {
        Matcher matcher = FAILURE.matcher(text);
        return matcher.find()
                ? new ServiceFailure(matcher.group(1), matcher.group(1), matcher.group(2), 400)
                : new ServiceFailure("", "", text, 0);
    }

    private static Map<?, ?> withText(Object record) {
        Map<Object, Object> copy = new LinkedHashMap<>((Map<?, ?>) record);
        copy.computeIfPresent(
                "Data", (name, data) -> new String(Base64.getDecoder().decode((String) data), StandardCharsets.UTF_8));
        return copy;
    }

    private static String commandOf(String operation) {
        return operation.replaceAll("(?<=[a-z])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    }
}
