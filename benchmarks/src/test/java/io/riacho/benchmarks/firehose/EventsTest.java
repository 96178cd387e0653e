package io.riacho.benchmarks.firehose;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class EventsTest {

    private final Events events = new Events();

    @Test
    void aRecordHasAboutFiveHundredBytes() {
        double average = LongStream.range(0, 10_000)
                .map(number -> events.numbered(number).length)
                .average()
                .orElseThrow();

        assertThat(average).isBetween(450.0, 550.0);
    }

    @Test
    void aRecordIsALineOfJsonWithEachColumnOfTheTable() {
        String line = new String(events.numbered(7), US_ASCII);

        assertThat(line).endsWith("}\n").doesNotContain("}\n{");
        JsonNode json = new JsonMapper().readTree(line);
        assertThat(json.propertyNames())
                .containsExactlyElementsOf(
                        Events.COLUMNS.stream().map(Events.Column::name).toList());
    }

    @Test
    void aRecordIsKnownByItsNumber() {
        assertThat(Events.numberOf(new String(events.numbered(1_234_567), US_ASCII).strip()))
                .isEqualTo(1_234_567);
    }

    @Test
    void aRecordThatWasCutIsNotTakenForOne() {
        String line = new String(events.numbered(7), US_ASCII).strip();

        assertThatThrownBy(() -> Events.numberOf(line.substring(0, line.length() - 1)))
                .hasMessageContaining("Not what was written");
    }
}
