package io.riacho.analytics.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.riacho.analytics.role.RoleSessions;
import io.riacho.protocol.AwsException;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.annotation.JsonNaming;
import tools.jackson.databind.json.JsonMapper;

/**
 * What jobs ask of the service. They have the token of their run, and nothing else: it stands in the {@code Authorization}
 * header by itself, as the AWS SDKs send that of a container.
 *
 * @see <a href="https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html">Container credential
 *     provider</a>
 */
@RestController
@RequestMapping("/v1/runs/{run}")
public final class RunController {

    /** Of one request. */
    private static final int MOST_BYTES = 2 << 20;

    private static final Duration LONGEST_WAIT = Duration.ofSeconds(10);

    private final RunRoles roles;
    private final Previews previews;

    public RunController(RunRoles roles, Previews previews) {
        this.roles = roles;
        this.previews = previews;
    }

    /** In the form of the SDK's container credentials. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @JsonNaming(PropertyNamingStrategies.UpperCamelCaseStrategy.class)
    record Credentials(
            String accessKeyId,
            String secretAccessKey,
            @Nullable String token,
            Instant expiration) {

        @Override
        public String toString() {
            return "Credentials[" + accessKeyId + "]";
        }
    }

    /** @param version which another one follows once somebody begins to look, or ceases */
    record Looked(Set<String> streams, long version) {}

    @GetMapping(path = "/credentials/{number}", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Credentials> credentials(
            @PathVariable String run,
            @PathVariable int number,
            @RequestHeader(name = "Authorization", required = false) @Nullable String token) {
        RoleSessions.Session session = roles.session(run, token, number);
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(new Credentials(
                        session.accessKeyId(), session.secretAccessKey(), session.sessionToken(), session.expiresAt()));
    }

    /**
     * The streams that somebody looks at now.
     *
     * @param after the version that the job knows, to be answered when there is another one, or after a while
     */
    @GetMapping(path = "/preview", produces = MediaType.APPLICATION_JSON_VALUE)
    ResponseEntity<Looked> looked(
            @PathVariable String run,
            @RequestParam(required = false) @Nullable Long after,
            @RequestHeader(name = "Authorization", required = false) @Nullable String token) {
        UUID application = roles.application(run, token);
        long version = after == null ? previews.version() : previews.awaitAfter(after, LONGEST_WAIT);
        return ResponseEntity.ok()
                .header("Cache-Control", "no-store")
                .body(new Looked(previews.lookedAt(application), version));
    }

    /** {@code {"stream": name, "rows": [row, …]}}, the rows being JSON objects. */
    @PostMapping("/preview")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void rows(
            @PathVariable String run,
            @RequestHeader(name = "Authorization", required = false) @Nullable String token,
            HttpServletRequest request)
            throws IOException {
        UUID application = roles.application(run, token);
        byte[] body = request.getInputStream().readNBytes(MOST_BYTES + 1);
        if (body.length > MOST_BYTES) {
            throw AwsException.of("RequestEntityTooLargeException", 413, "The request body is too large.");
        }
        JsonNode rows;
        try {
            rows = JsonMapper.shared().readTree(body);
        } catch (JacksonException e) {
            throw AwsException.badRequest("SerializationException", "The body is not valid JSON.");
        }
        String stream = rows.path("stream").asString("");
        for (JsonNode row : rows.path("rows")) {
            previews.add(application, stream, row);
        }
    }
}
