package io.riacho.streams.rest;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import org.springframework.core.io.ClassPathResource;
import org.springframework.core.io.Resource;
import org.springframework.http.CacheControl;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RestController;

/**
 * The description of the REST API in OpenAPI 3.1, and Swagger UI to look at it. Files only, so that it costs nothing
 * before somebody asks for it; the pages ask no other server for anything.
 */
@RestController
public final class DocumentationController {

    /** Of the version in the pom. */
    private static final String SWAGGER_UI = "META-INF/resources/webjars/swagger-ui/5.34.1/";

    private static final String OWN = "io/riacho/streams/rest/";
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
            + " img-src 'self' data:; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";
    private static final MediaType SCRIPT = MediaType.parseMediaType("text/javascript;charset=UTF-8");
    private static final MediaType PAGE = MediaType.parseMediaType("text/html;charset=UTF-8");
    private static final MediaType STYLE = MediaType.parseMediaType("text/css;charset=UTF-8");

    private static final Map<String, File> FILES = Map.of(
            "index.html", new File(OWN + "docs.html", PAGE),
            "docs.js", new File(OWN + "docs.js", SCRIPT),
            "swagger-ui.css", new File(SWAGGER_UI + "swagger-ui.css", STYLE),
            "swagger-ui-bundle.js", new File(SWAGGER_UI + "swagger-ui-bundle.js", SCRIPT));

    private record File(String path, MediaType type) {}

    @GetMapping(path = "/v1/openapi.json", produces = MediaType.APPLICATION_JSON_VALUE)
    Resource description() {
        return new ClassPathResource(OWN + "openapi.json");
    }

    @GetMapping("/v1/docs")
    ResponseEntity<Void> docs() {
        return ResponseEntity.status(HttpStatus.FOUND)
                .location(URI.create("/v1/docs/index.html"))
                .build();
    }

    @GetMapping("/v1/docs/{file}")
    ResponseEntity<Resource> file(@PathVariable String file) {
        File found = FILES.get(file);
        if (found == null) {
            return ResponseEntity.notFound().build();
        }
        return ResponseEntity.ok()
                .contentType(found.type())
                .cacheControl(CacheControl.maxAge(Duration.ofHours(1)))
                .header("Content-Security-Policy", POLICY)
                .header("Referrer-Policy", "no-referrer")
                .body(new ClassPathResource(found.path()));
    }
}
