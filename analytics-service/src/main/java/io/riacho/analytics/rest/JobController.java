package io.riacho.analytics.rest;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.ApplicationAccess;
import io.riacho.analytics.application.Applications;
import io.riacho.analytics.application.CodeConfiguration;
import io.riacho.analytics.application.DefinitionCheck;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.error.AnalyticsErrors;
import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobGraph;
import io.riacho.analytics.job.JobRunner;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.RestBody;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What people look at of an application's job, and whether code could be one. */
@RestController
@RequestMapping("/v1/applications/{name}")
public final class JobController {

    private final Applications applications;
    private final ApplicationAccess access;
    private final DefinitionCheck check;
    private final JobRunner runner;

    public JobController(Applications applications, ApplicationAccess access, DefinitionCheck check, JobRunner runner) {
        this.applications = applications;
        this.access = access;
        this.check = check;
        this.runner = runner;
    }

    /** What is wrong with code; nothing where a start would take it. */
    record Checked(List<CodeProblem> problems) {}

    /** @param line from 1, as the column; both null where the place is not known */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    record CodeProblem(@Nullable Integer line, @Nullable Integer column, String message) {

        static CodeProblem of(CodeException e) {
            boolean hasPlace = e.line() > 0;
            return new CodeProblem(
                    hasPlace ? e.line() : null, hasPlace ? e.column() : null, String.valueOf(e.getMessage()));
        }
    }

    /** Asks the cluster that this process knows; without vertices where no job runs there. */
    @GetMapping(path = "/graph", produces = MediaType.APPLICATION_JSON_VALUE)
    JobGraph graph(@PathVariable String name, RequestContext context) {
        access.require(context, "GetApplicationState", name);
        Run run = applications.get(name).run();
        String job = run == null ? null : run.job();
        try {
            return job == null ? new JobGraph(List.of()) : runner.graph(job);
        } catch (JobException e) {
            throw AnalyticsErrors.serviceUnavailable(String.valueOf(e.getMessage()));
        }
    }

    /**
     * Looks at code, which is the body, as a start of the application with it would; nothing is stored. It tells what an update
     * would tell, so it needs the same permission.
     */
    @PostMapping(path = "/check", consumes = MediaType.TEXT_PLAIN_VALUE, produces = MediaType.APPLICATION_JSON_VALUE)
    Checked check(@PathVariable String name, RestBody body, RequestContext context) {
        access.require(context, "UpdateApplication", name);
        Application application = applications.get(name);
        String code = new String(body.array(), 0, body.length(), StandardCharsets.UTF_8);
        try {
            check.check(application, CodeConfiguration.with(application.definition(), code));
            return new Checked(List.of());
        } catch (CodeException e) {
            return new Checked(List.of(CodeProblem.of(e)));
        } catch (JobException e) {
            throw AnalyticsErrors.serviceUnavailable(String.valueOf(e.getMessage()));
        }
    }
}
