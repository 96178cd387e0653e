package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Runs the applications of the folder that the property names, each as one Flink job that reads records made for it by the format of the service, until its clock has gone on for hours, and
 * judges what all of its streams hold. Writes a table of the results, to the file that a second property names.
 */
@EnabledIfSystemProperty(named = CorpusTest.FOLDER, matches = ".+")
class CorpusRunTest {
    private static final String REPORT = "riacho.kdasql.corpus.report";
    private static final String ONLY = "riacho.kdasql.corpus.only";
    private static final Map<String, String> LINES = Collections.synchronizedMap(new TreeMap<>());

    static Stream<Path> files() throws IOException {
        String only = System.getProperty(ONLY, ".*");
        return CorpusTest.files().filter(f -> f.getFileName().toString().matches(only));
    }

    @ParameterizedTest
    @MethodSource("files")
    void aPublishedApplicationRunsAndItsStreamsHoldWhatItsInputAllows(Path file) throws Exception {
        String name = file.getFileName().toString().replaceFirst("\\.sql$", "");
        CorpusRun run;
        try {
            run = new CorpusRun(file, schemas(file));
        } catch (SqlCodeException e) {
            LINES.put(name, "| %s | | | | refused | %s |".formatted(name, cell(String.valueOf(e.getMessage()))));
            assertThat(e.getMessage()).isEqualTo(CorpusTest.refusal(file));
            return;
        }
        CorpusRun.Outcome outcome;
        try {
            outcome = run.outcome();
        } catch (Exception e) {
            Throwable cause = e;
            while (cause.getCause() != null) {
                cause = cause.getCause();
            }
            LINES.put(name, "| %s | | | | fails | %s |".formatted(name, cell(String.valueOf(cause))));
            throw e;
        }
        LINES.put(
                name,
                "| %s | %d | %d | %s | %s | %s |"
                        .formatted(
                                name,
                                outcome.statements(),
                                outcome.records(),
                                outcome.rows().entrySet().stream()
                                        .map(e -> e.getKey() + " " + e.getValue())
                                        .collect(Collectors.joining("<br>")),
                                outcome.wrong().isEmpty() ? "plausible" : "doubtful",
                                cell(String.join("; ", outcome.wrong()))));
        assertThat(outcome.wrong()).isEmpty();
    }

    private static List<String> schemas(Path file) throws IOException {
        Path configuration = file.resolveSibling("../examples")
                .resolve(file.getFileName().toString().replaceFirst("\\.sql$", ".json"));
        return Files.exists(configuration) ? List.of(Files.readString(configuration)) : List.of();
    }

    private static String cell(String text) {
        return text.replace('\n', ' ').replace("|", "\\|");
    }

    @AfterAll
    static void report() throws IOException {
        List<String> table = new ArrayList<>(List.of(
                "| Application | Statements | Records | Rows | Verdict | Reason |", "|---|---|---|---|---|---|"));
        table.addAll(LINES.values());
        table.forEach(System.out::println);
        String file = System.getProperty(REPORT);
        if (file != null) {
            Files.write(Path.of(file), table);
        }
    }
}
