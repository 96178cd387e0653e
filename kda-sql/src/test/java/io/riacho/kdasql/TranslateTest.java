package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TranslateTest {
    private static final String CODE = """
        CREATE STREAM RESULTS (TICKER VARCHAR(4), N INTEGER);
        CREATE PUMP P AS INSERT INTO RESULTS SELECT STREAM ticker, COUNT(*) FROM "TICKS_001"
        GROUP BY ticker, STEP("TICKS_001".ROWTIME BY INTERVAL '60' SECOND);
        """;

    @TempDir
    Path folder;

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @Test
    void columnsOfInputsAreGuessedWhereNoSchemaIsGiven() throws Exception {
        assertThat(run(file("code.sql", CODE))).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "CREATE TEMPORARY TABLE `TICKS_001__input`",
                        "`TICKER` VARCHAR(4)",
                        "TUMBLE(",
                        "INSERT INTO `RESULTS__output`");
    }

    @Test
    void inputsAndOutputsComeFromARequestOfTheApi() throws Exception {
        Path json = file("application.json", """
            {"ApplicationName": "a", "Inputs": [{"NamePrefix": "TICKS", "InputParallelism": {"Count": 2},
              "KinesisStreamsInput": {"ResourceARN": "arn:aws:kinesis:us-east-1:000000000000:stream/ticks"},
              "InputSchema": {"RecordColumns": [{"Name": "TICKER", "SqlType": "VARCHAR(16)", "Mapping": "$.ticker"}],
                "RecordFormat": {"RecordFormatType": "JSON"}}}],
             "Outputs": [{"Name": "RESULTS", "KinesisFirehoseOutput": {"ResourceARN": "arn:aws:firehose:us-east-1:000000000000:deliverystream/counts"},
              "DestinationSchema": {"RecordFormatType": "JSON"}}]}
            """);

        assertThat(run(file("code.sql", CODE), json)).isZero();

        assertThat(out.toString(StandardCharsets.UTF_8))
                .contains(
                        "`TICKER` VARCHAR(16)",
                        "`TICKS_002__input`",
                        "stream/ticks",
                        "'connector' = 'firehose'",
                        "'delivery-stream' = 'counts'");
    }

    @Test
    void anErrorNamesTheFileAndThePlace() throws Exception {
        Path file = file("bad.sql", "CREATE STREAM RESULTS (A FROB);");

        assertThat(run(file)).isEqualTo(1);
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("bad.sql: line 1, column 26: ");
    }

    @Test
    void withoutAFileItSaysHowItIsUsed() {
        assertThat(Translate.run(new String[0], print(out), print(err))).isEqualTo(2);
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("Use: riacho sql translate FILE");
    }

    private int run(Path... files) {
        String[] arguments = new String[files.length];
        for (int i = 0; i < files.length; i++) {
            arguments[i] = files[i].toString();
        }
        return Translate.run(arguments, print(out), print(err));
    }

    private Path file(String name, String text) throws Exception {
        return Files.writeString(folder.resolve(name), text);
    }

    private static PrintStream print(ByteArrayOutputStream to) {
        return new PrintStream(to, true, StandardCharsets.UTF_8);
    }
}
