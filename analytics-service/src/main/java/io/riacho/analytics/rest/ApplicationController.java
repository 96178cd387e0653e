package io.riacho.analytics.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.ApplicationAccess;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.run.ApplicationLog;
import io.riacho.analytics.run.Engine;
import io.riacho.protocol.RequestContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What people look at of an application: how it does, and the rows of its streams. */
@RestController
@RequestMapping("/v1/applications/{name}")
public final class ApplicationController {

    private final Applications applications;
    private final ApplicationAccess access;
    private final ApplicationLog log;
    private final Engine engine;
    private final Previews previews;

    public ApplicationController(
            Applications applications, ApplicationAccess access, ApplicationLog log, Engine engine, Previews previews) {
        this.applications = applications;
        this.access = access;
        this.log = log;
        this.engine = engine;
        this.previews = previews;
    }

    /**
     * @param failure what the last start, update or stop failed by; null where it did not
     * @param run the run that is meant or under way; null where there is none
     * @param attempts how often its job was tried to start since one ran
     * @param metrics what the job measured last, in the process that leads the application
     * @param errors what went wrong last, the newest first
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Activity(
            String name,
            String status,
            long version,
            @Nullable String failure,
            @Nullable String run,
            @Nullable String job,
            int attempts,
            Map<String, Double> metrics,
            List<Problem> errors) {}

    @JsonInclude(JsonInclude.Include.NON_NULL)
    record Problem(Instant at, long version, @Nullable String run, String message) {}

    @GetMapping(path = "/activity", produces = MediaType.APPLICATION_JSON_VALUE)
    Activity activity(@PathVariable String name, RequestContext context) {
        access.require(context, "DescribeApplication", name);
        Application application = applications.get(name);
        Run run = application.run();
        return new Activity(
                name,
                application.status().toString(),
                application.version(),
                application.failure(),
                run == null ? null : run.id(),
                run == null ? null : run.job(),
                run == null ? 0 : run.attempts(),
                engine.metrics(application.id()),
                log.incidents(application.id()).stream()
                        .map(each -> new Problem(each.at(), each.version(), each.run(), each.message()))
                        .toList());
    }

    /** The request's own thread, a virtual one, writes the events. */
    @GetMapping(path = "/preview", produces = MediaType.TEXT_EVENT_STREAM_VALUE)
    void preview(
            @PathVariable String name,
            @RequestParam String stream,
            RequestContext context,
            HttpServletRequest request,
            HttpServletResponse response)
            throws IOException {
        access.require(context, "GetApplicationState", name);
        Application application = applications.get(name);
        if (!application.definition().isSql()) {
            // Another sink would give operators other ids, by which Flink finds their state.
            throw AnalyticsErrors.unsupportedOperation(
                    "Flink applications have no in-application streams: INSERT what is to be looked at into a stream.");
        }
        try (PreviewReader reader = previews.open(application.id(), stream)) {
            response.setContentType(MediaType.TEXT_EVENT_STREAM_VALUE);
            response.setCharacterEncoding("UTF-8");
            response.setHeader("X-Accel-Buffering", "no");
            if (!request.getMethod().equals("HEAD")) {
                reader.run(
                        response.getOutputStream(),
                        context,
                        renewed -> access.require(renewed, "GetApplicationState", name));
            }
        }
    }
}
