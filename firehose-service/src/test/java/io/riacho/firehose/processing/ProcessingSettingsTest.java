package io.riacho.firehose.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcessingSettingsTest {

    @Test
    void urlsAreNotShown() {
        assertThat(ProcessingSettings.of(Map.of("arn:f", URI.create("http://user:secret@127.0.0.1/secret"))))
                .asString()
                .contains("arn:f")
                .doesNotContain("secret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"file:///etc/passwd", "127.0.0.1", "http:/path"})
    void whatIsNoUrlKeepsTheServerFromStarting(String url) {
        assertThatThrownBy(() -> ProcessingSettings.of(Map.of("arn:f", URI.create(url))))
                .hasMessage("riacho.firehose.functions.[arn:f] has to be an http or https URL");
    }
}
