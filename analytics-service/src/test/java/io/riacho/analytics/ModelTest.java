package io.riacho.analytics;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.utils.builder.SdkBuilder;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the model has and the SDK's classes have not would be skipped in silence. */
class ModelTest {

    @ParameterizedTest
    @ValueSource(strings = {"kinesisanalytics", "kinesisanalyticsv2"})
    void theSdkKnowsEveryMemberOfTheModel(String service) throws Exception {
        List<String> unknown = new ArrayList<>();
        for (var shape : model(service).path("shapes").properties()) {
            boolean plain = shape.getValue().path("type").asString("").equals("structure")
                    && !shape.getValue().path("exception").asBoolean(false);
            if (plain) {
                Class<?> type = Class.forName(
                        "software.amazon.awssdk.services." + service + ".model." + shape.getKey());
                SdkBuilder<?, ?> builder =
                        (SdkBuilder<?, ?>) type.getMethod("builder").invoke(null);
                Set<String> known = ((SdkPojo) builder.build())
                        .sdkFields().stream().map(field -> field.locationName()).collect(Collectors.toSet());
                shape.getValue().path("members").propertyNames().stream()
                        .filter(member -> !known.contains(member))
                        .forEach(member -> unknown.add(shape.getKey() + "." + member));
            }
        }

        assertThat(unknown).isEmpty();
    }

    private static JsonNode model(String service) throws IOException {
        try (InputStream in = ModelTest.class.getResourceAsStream("/aws-api/" + service + ".json")) {
            return JsonMapper.shared().readTree(Objects.requireNonNull(in));
        }
    }
}
