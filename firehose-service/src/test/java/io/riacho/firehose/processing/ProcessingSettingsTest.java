package io.riacho.firehose.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;

class ProcessingSettingsTest {

    private static final String ARN = "arn:aws:lambda:us-east-1:000000000000:function:clean:$LATEST";

    @Test
    void functionsAreGivenByTheirArns() {
        ProcessingSettings settings = bind(Map.of(
                "riacho.firehose.functions.[" + ARN + "]",
                "http://127.0.0.1:9000/secret",
                "riacho.firehose.function-timeout",
                "10s"));

        assertThat(settings.functions()).isEqualTo(Map.of(ARN, URI.create("http://127.0.0.1:9000/secret")));
        assertThat(settings.functionTimeout()).isEqualTo(Duration.ofSeconds(10));
        assertThat(settings).asString().contains(ARN).doesNotContain("secret");
    }

    @Test
    void withoutSettingsThereAreNoFunctionsAndAwsTimeout() {
        assertThat(bind(Map.of())).isEqualTo(ProcessingSettings.of(Map.of()));
    }

    @Test
    void whatIsNoUrlKeepsTheServerFromStarting() {
        assertThatThrownBy(() -> bind(Map.of("riacho.firehose.functions.[" + ARN + "]", "file:///etc/passwd")))
                .rootCause()
                .hasMessage("riacho.firehose.functions.[" + ARN + "] has to be an http or https URL");
    }

    private static ProcessingSettings bind(Map<String, String> properties) {
        return new Binder(new MapConfigurationPropertySource(properties))
                .bindOrCreate("riacho.firehose", ProcessingSettings.class);
    }
}
