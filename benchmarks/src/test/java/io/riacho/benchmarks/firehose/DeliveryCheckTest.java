package io.riacho.benchmarks.firehose;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.benchmarks.firehose.DeliveryCheck.Found;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DeliveryCheckTest {

    private final Events events = new Events();
    private final DeliveryCheck check = new DeliveryCheck(4);

    @TempDir
    private Path folder;

    @Test
    void recordsAreCountedThroughCompressedObjects() throws IOException {
        assertThat(check.inLines(List.of(zipped(0, 2), zipped(3, 1)), Format.GZIP))
                .isEqualTo(new Found(4, 4));
    }

    @Test
    void aRecordThatCameTwiceDoesNotStandForOneThatIsMissing() throws IOException {
        Found found = check.inLines(List.of(zipped(0, 1, 1), zipped(2)), Format.GZIP);

        assertThat(found).isEqualTo(new Found(4, 3));
        assertThat(found.isIncomplete(4)).isTrue();
    }

    @Test
    void aRecordThatNobodyWroteFailsTheRun() {
        assertThatThrownBy(() -> check.inLines(List.of(zipped(4)), Format.GZIP)).hasMessageContaining("4");
    }

    @Test
    void rowsOfAllFilesAreCounted() throws IOException, SQLException {
        parquet("a", "(0), (1), (1)");
        parquet("b", "(3), (9)");

        assertThat(check.inParquet(folder)).isEqualTo(new Found(5, 3));
    }

    @Test
    void noFileHasNoRows() throws IOException {
        assertThat(check.inParquet(folder)).isEqualTo(new Found(0, 0));
    }

    private void parquet(String name, String values) throws SQLException {
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("copy (select * from (values " + values + ") as rows(number)) to '"
                    + folder.resolve(name + ".parquet") + "' (format parquet)");
        }
    }

    private byte[] zipped(long... numbers) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream zip = new GZIPOutputStream(bytes)) {
            for (long number : numbers) {
                zip.write(events.numbered(number));
            }
        }
        return bytes.toByteArray();
    }
}
