package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Applications that others have published, from the folder that the property names: each translates, and Flink plans all of it as one job. What cannot run stands below, with the reason that
 * the user is told.
 */
@EnabledIfSystemProperty(named = CorpusTest.FOLDER, matches = ".+")
class CorpusTest {
    static final String FOLDER = "riacho.kdasql.corpus";

    /** Texts that Amazon could not have run either: a parenthesis missing, a FROM of a scalar function, statements that are cut off. */
    private static final Map<String, String> REFUSED = Map.of(
            "012-", "line 8, column 43: Unexpected \"AS\"",
            "042-", "line 5, column 94: Unexpected \"BY\"",
            "064-", "line 3, column 48: Unexpected \";\"");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty(FOLDER)))) {
            List<Path> sorted =
                    files.filter(f -> f.toString().endsWith(".sql")).sorted().toList();
            return sorted.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aPublishedApplicationIsPlannedByFlinkOrRefusedWithItsReason(Path file) throws Exception {
        String text = Files.readString(file);
        String refusal = refusal(file);
        if (refusal != null) {
            assertThat(failure(text)).isEqualTo(refusal);
            return;
        }
        Translation translation = Translator.translate(application(text));
        assertThat(translation.inserts()).isNotEmpty();
        assertThat(new FlinkSession(translation).explain()).contains("Optimized Execution Plan");
    }

    /** How the application is refused; null where it runs. */
    static @Nullable String refusal(Path file) {
        return REFUSED.entrySet().stream()
                .filter(e -> file.getFileName().toString().startsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(null);
    }

    static ApplicationCode application(String text) {
        return InferredApplication.of(
                PublishedText.whole(text),
                GivenRows.options("none", List.of()),
                GivenRows.options("none", List.of()),
                Map.of("connector", "blackhole"));
    }

    private static String failure(String text) {
        try {
            Translator.translate(application(text));
            return "translates";
        } catch (SqlCodeException e) {
            return String.valueOf(e.getMessage());
        }
    }
}
