package io.riacho.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.firehose.rest.ActivityController;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.RecordComponent;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Firehose's own endpoint answers is what the description of all endpoints says, which another service gives. */
class ActivityDescriptionTest {

    private static final Map<String, String> SCHEMAS = Map.of(
            "ActivityView", "DeliveryStreamActivity", "DeliveryView", "Delivery", "FailureView", "DeliveryFailure");

    @Test
    void theEndpointIsDescribed() throws IOException {
        List<String> paths = Arrays.stream(ActivityController.class.getDeclaredMethods())
                .filter(method -> method.isAnnotationPresent(GetMapping.class))
                .map(method -> requireNonNull(ActivityController.class.getAnnotation(RequestMapping.class))
                                .path()[0]
                        + requireNonNull(method.getAnnotation(GetMapping.class)).value()[0])
                .toList();

        assertThat(paths)
                .isNotEmpty()
                .allSatisfy(path -> assertThat(description().path("paths").has(path))
                        .as(path)
                        .isTrue());
    }

    @Test
    void itsAnswerHasTheMembersThatAreDescribed() throws IOException {
        JsonNode schemas = description().path("components").path("schemas");

        for (Class<?> view : ActivityController.class.getDeclaredClasses()) {
            String schema = requireNonNull(SCHEMAS.get(view.getSimpleName()), view.getSimpleName());
            assertThat(schemas.path(schema).path("properties").propertyNames())
                    .containsExactlyInAnyOrderElementsOf(Arrays.stream(view.getRecordComponents())
                            .map(RecordComponent::getName)
                            .toList());
        }
    }

    private static JsonNode description() throws IOException {
        try (InputStream file = requireNonNull(
                ActivityDescriptionTest.class.getResourceAsStream("/io/riacho/streams/rest/openapi.json"))) {
            return JsonMapper.shared().readTree(file);
        }
    }
}
