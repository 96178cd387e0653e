package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.ApplicationCode.Reference;
import io.riacho.kdasql.statement.CreateStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.calcite.sql.SqlNode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each construct of the dialect and its translation, in files side by side. {@code -Driacho.kdasql.golden.write=true} writes the translations anew, to be read before they are kept. */
class GoldenTest {
    private static final Path FOLDER = Path.of("src/test/resources/golden");

    static Stream<Path> files() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            List<Path> dialect = files.filter(
                            f -> f.toString().endsWith(".sql") && !f.toString().endsWith(".flink.sql"))
                    .sorted()
                    .toList();
            return dialect.stream();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void aConstructTranslatesToTheSqlBesideItAndFlinkPlansIt(Path file) throws Exception {
        Translation translation = Translator.translate(application(Files.readString(file)));
        Path golden = FOLDER.resolve(file.getFileName().toString().replace(".sql", ".flink.sql"));
        if (Boolean.getBoolean("riacho.kdasql.golden.write")) {
            Files.writeString(golden, translation.script());
        }

        assertThat(translation.script()).isEqualTo(Files.readString(golden));
        assertThat(new FlinkSession(translation).explain()).contains("Optimized Execution Plan");
    }

    private static ApplicationCode application(String text) {
        List<Output> outputs = new ArrayList<>();
        for (SqlNode statement : new ApplicationParser(Limits.DEFAULT).statements(text)) {
            if (statement instanceof CreateStream stream) {
                outputs.add(new Output(stream.name().names.getLast(), Map.of("connector", "blackhole")));
            }
        }
        if (text.contains("-- output: error_stream")) {
            outputs.add(new Output("error_stream", Map.of("connector", "blackhole")));
        }
        return new ApplicationCode(
                text,
                List.of(new Input("TRADES_001", TRADES, GivenRows.options("trades", List.of()))),
                List.of(new Reference(
                        "Companies",
                        List.of(new Column("symbol", "VARCHAR(4)"), new Column("name", "VARCHAR(20)")),
                        GivenRows.options("companies", List.of()))),
                outputs,
                Limits.DEFAULT);
    }

    private static final List<Column> TRADES = List.of(
            new Column("TICKER", "VARCHAR(4)"),
            new Column("PRICE", "DOUBLE"),
            new Column("CHANGE", "REAL"),
            new Column("QUANTITY", "INTEGER"),
            new Column("EVENT_TIME", "TIMESTAMP"),
            new Column("LINE", "VARCHAR(256)"));
}
