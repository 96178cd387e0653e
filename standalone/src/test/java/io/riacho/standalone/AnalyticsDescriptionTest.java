package io.riacho.standalone;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.rest.ApplicationController;
import io.riacho.analytics.rest.JobController;
import io.riacho.analytics.rest.RunController;
import java.io.IOException;
import java.io.InputStream;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.web.bind.annotation.RequestMapping;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What Analytics' own endpoints answer is what the description of all endpoints says, which another service gives. */
class AnalyticsDescriptionTest {

    private static final List<Class<?>> CONTROLLERS =
            List.of(ApplicationController.class, JobController.class, RunController.class);

    private static final Map<String, String> SCHEMAS = Map.of(
            "Activity", "AnalyticsApplicationActivity",
            "Problem", "AnalyticsApplicationError",
            "Checked", "CodeCheck",
            "CodeProblem", "CodeProblem",
            "Credentials", "RunCredentials",
            "Looked", "LookedAtStreams");

    @Test
    void theEndpointsAreDescribedAndNoOthers() throws IOException {
        Set<String> served = new TreeSet<>();
        for (Class<?> controller : CONTROLLERS) {
            String base = requireNonNull(controller.getAnnotation(RequestMapping.class))
                    .value()[0];
            for (Method method : controller.getDeclaredMethods()) {
                RequestMapping mapping = AnnotatedElementUtils.findMergedAnnotation(method, RequestMapping.class);
                if (mapping != null) {
                    served.add(mapping.method()[0].name().toLowerCase(java.util.Locale.ROOT) + " " + base
                            + mapping.path()[0]);
                }
            }
        }

        Set<String> described = new TreeSet<>();
        description()
                .path("paths")
                .forEachEntry((path, item) -> item.forEachEntry((method, _) -> {
                    if (!method.equals("parameters")
                            && (path.startsWith("/v1/applications/{name}/") || path.startsWith("/v1/runs"))) {
                        described.add(method + " " + path);
                    }
                }));
        assertThat(served).isNotEmpty().isEqualTo(described);
    }

    @Test
    void theirAnswersHaveTheMembersThatAreDescribed() throws IOException {
        JsonNode schemas = description().path("components").path("schemas");

        for (Class<?> controller : CONTROLLERS) {
            for (Class<?> view : controller.getDeclaredClasses()) {
                String schema = requireNonNull(SCHEMAS.get(view.getSimpleName()), view.getSimpleName());
                assertThat(schemas.path(schema).path("properties").propertyNames())
                        .extracting(name -> name.substring(0, 1).toLowerCase(java.util.Locale.ROOT) + name.substring(1))
                        .containsExactlyInAnyOrderElementsOf(Arrays.stream(view.getRecordComponents())
                                .map(component -> component.getName())
                                .toList());
            }
        }
    }

    private static JsonNode description() throws IOException {
        try (InputStream file = requireNonNull(
                AnalyticsDescriptionTest.class.getResourceAsStream("/io/riacho/streams/rest/openapi.json"))) {
            return JsonMapper.shared().readTree(file);
        }
    }
}
