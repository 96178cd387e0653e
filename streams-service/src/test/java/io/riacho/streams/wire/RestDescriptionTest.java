package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.swagger.v3.oas.models.OpenAPI;
import io.swagger.v3.oas.models.SpecVersion;
import io.swagger.v3.parser.OpenAPIV3Parser;
import io.swagger.v3.parser.core.models.ParseOptions;
import io.swagger.v3.parser.core.models.SwaggerParseResult;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class RestDescriptionTest {

    private static final Pattern REFERENCE = Pattern.compile("(?:src|href|url\\()\\s*[=:]?\\s*[\"']?(https?:)?//");

    private static final Set<String> DESCRIBED =
            Set.of("/v1/streams", "/v1/iterators", "/v1/applications", "/v1/usage");

    private static final Set<String> OF_OTHERS = Set.of("/v1/delivery-streams");

    private final WireServer server = WireServer.shared();
    private final RestClient nobody = RestClient.ofNobody(server);

    @Test
    void theDescriptionIsValidOpenApi() {
        ParseOptions options = new ParseOptions();
        options.setResolve(true);
        SwaggerParseResult parsed = new OpenAPIV3Parser().readContents(description(), null, options);

        assertThat(parsed.getMessages()).isEmpty();
        OpenAPI api = parsed.getOpenAPI();
        assertThat(api.getSpecVersion()).isEqualTo(SpecVersion.V31);
        assertThat(api.getPaths()).isNotEmpty();
    }

    /** Each endpoint is described, and what is described is an endpoint, here or of another service. */
    @Test
    void theDescriptionTellsOfAllEndpointsThereAre() {
        OpenAPI api = new OpenAPIV3Parser().readContents(description()).getOpenAPI();
        Set<String> described = new TreeSet<>();
        api.getPaths().forEach((path, item) -> {
            if (OF_OTHERS.stream().noneMatch(path::startsWith)) {
                item.readOperationsMap().keySet().forEach(method -> described.add(method + " " + path));
            }
        });
        Set<String> served = new TreeSet<>();
        server.bean("requestMappingHandlerMapping", RequestMappingHandlerMapping.class)
                .getHandlerMethods()
                .keySet()
                .forEach(mapping -> mapping.getPatternValues().stream()
                        .filter(path -> DESCRIBED.stream().anyMatch(path::startsWith))
                        .forEach(path -> mapping.getMethodsCondition()
                                .getMethods()
                                .forEach(method -> served.add(method + " " + path))));

        assertThat(described).isEqualTo(served);
    }

    @ParameterizedTest
    @ValueSource(strings = {"index.html", "docs.js", "swagger-ui.css", "swagger-ui-bundle.js"})
    void thePagesNeedNoCredentialsAndMayAskNobodyElse(String file) {
        RestAnswer answer = nobody.get("/v1/docs/" + file).has(200);

        assertThat(answer.header("Content-Security-Policy"))
                .contains("default-src 'none'", "script-src 'self'", "connect-src 'self'");
        assertThat(answer.text()).isNotEmpty();
    }

    @Test
    void thePageRefersToItsOwnFilesOnly() {
        String page = nobody.get("/v1/docs/index.html").has(200).text();
        Matcher reference = REFERENCE.matcher(page);

        assertThat(reference.find())
                .as("a reference to another server in %s", page)
                .isFalse();
        RestAnswer entry = nobody.get("/v1/docs").has(302);
        assertThat(entry.header("Location")).isEqualTo("/v1/docs/index.html");
        nobody.get("/v1/docs/nothing").has(404);
    }

    private String description() {
        RestAnswer answer = nobody.get("/v1/openapi.json").has(200);
        assertThat(answer.header("Content-Type")).startsWith("application/json");
        return answer.text();
    }
}
