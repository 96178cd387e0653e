package io.riacho.analytics.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** What is kept for one who reads slowly. */
class PreviewReaderTest {

    private final PreviewReader reader = new PreviewReader(UUID.randomUUID(), "S", _ -> {});

    @Test
    void ofRowsThatAreNotReadInTimeTheOldestAreLeftOut() throws InterruptedException {
        for (int i = 0; i < 1000; i++) {
            reader.add(row(i, 1000));
        }

        String events = String.valueOf(reader.next(0));

        assertThat(events.length()).isLessThan(300 * 1024);
        assertThat(events).contains("event: dropped", "\"number\":999,").doesNotContain("\"number\":1,");
    }

    @Test
    void aRowThatIsTooLargeIsLeftOut() throws InterruptedException {
        reader.add(row(1, 70_000));
        reader.add(row(2, 10));

        assertThat(reader.next(0))
                .contains("data: {\"rows\":1}", "\"number\":2,")
                .doesNotContain("\"number\":1,");
    }

    private static ObjectNode row(int number, int length) {
        return JsonNodeFactory.instance.objectNode().put("number", number).put("text", "x".repeat(length));
    }
}
