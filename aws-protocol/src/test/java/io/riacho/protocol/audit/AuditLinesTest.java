package io.riacho.protocol.audit;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.protocol.Connection;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

class AuditLinesTest {

    private static final String ODD = "a\n{\"outcome\":\"changed\"}\r\u001b[2J\u007f\u2028\u202e\u00e4\ud83d\ude00\"\\";

    private static String line(String action, String key) {
        return AuditLines.failed(
                Instant.EPOCH,
                new FailedAuthentication(
                        "id", new Connection("192.0.2.1", true, "agent", null, null), "kinesis", action, key, "E"));
    }

    @Test
    void nothingThatACallerSendsEndsALineOrReachesATerminal() {
        String line = line(ODD, ODD);

        assertThat(line.chars()).allMatch(c -> c >= ' ' && c < 0x7f);
        JsonNode read = JsonMapper.shared().readTree(line);
        assertThat(read.path("action").asString()).isEqualTo("kinesis:" + ODD.replace('\u007f', '?'));
        assertThat(read.path("outcome").asString()).isEqualTo("unauthenticated");
    }

    @Test
    void everyValueIsBounded() {
        assertThat(line("x".repeat(1_000_000), "y".repeat(1_000_000))).hasSizeLessThan(2_000);
    }
}
