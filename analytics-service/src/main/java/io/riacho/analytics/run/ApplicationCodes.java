package io.riacho.analytics.run;

import io.riacho.analytics.application.Application;
import io.riacho.analytics.application.Definition;
import io.riacho.analytics.application.DefinitionCheck;
import io.riacho.analytics.application.Roles;
import io.riacho.analytics.application.Run;
import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobRunner;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.analytics.sql.ApplicationCode;
import io.riacho.analytics.sql.ApplicationCompiler;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import software.amazon.awssdk.services.kinesisanalyticsv2.model.FlinkApplicationConfigurationDescription;

/** Makes jobs of applications. */
public final class ApplicationCodes implements DefinitionCheck {

    /** A job that is checked is never started: its token opens nothing. */
    private static final String NO_TOKEN = "none";

    private static final long SQL_CHECKPOINTS = 10_000;
    private static final long SQL_PAUSE = 1_000;

    private final ApplicationCompiler sql;
    private final ApplicationCompiler flink;
    private final JobRunner runner;
    private final Supplier<URI> runs;

    /**
     * @param sql the SQL dialect's
     * @param flink Flink SQL's
     * @param runs where jobs reach what belongs to runs; asked when a job is made
     */
    public ApplicationCodes(
            ApplicationCompiler sql, ApplicationCompiler flink, JobRunner runner, Supplier<URI> runs) {
        this.sql = sql;
        this.flink = flink;
        this.runner = runner;
        this.runs = runs;
    }

    @Override
    public void checkSyntax(Definition definition) {
        if (!definition.code().isBlank()) {
            compiler(definition).checkSyntax(definition.code());
        }
    }

    @Override
    public void check(Application application, Definition definition) {
        Map<String, ApplicationCode.Start> starts = new HashMap<>();
        definition.inputs().forEach(input -> starts.put(input.inputId(), new ApplicationCode.Start(null)));
        JobSpecification job = compile(application, definition, "check-" + application.id(), NO_TOKEN, starts);
        try {
            runner.check(job);
        } catch (CodeException e) {
            // Of the dialect Flink sees the translation, whose lines are nobody's.
            throw definition.isSql() ? new CodeException(String.valueOf(e.getMessage()), 0, 0) : e;
        }
    }

    JobSpecification compile(Application application, Run run, String token) {
        Map<String, ApplicationCode.Start> starts = new HashMap<>();
        run.positions().forEach((input, position) -> starts.put(input, new ApplicationCode.Start(position.from())));
        return compile(application, application.definition(), run.id(), token, starts);
    }

    private JobSpecification compile(
            Application application,
            Definition definition,
            String run,
            String token,
            Map<String, ApplicationCode.Start> starts) {
        if (definition.code().isBlank()) {
            throw new CodeException("Application " + application.name() + " has no code.", 0, 0);
        }
        List<String> roles = Roles.of(definition);
        FlinkApplicationConfigurationDescription settings =
                definition.configuration().flinkApplicationConfigurationDescription();
        return compiler(definition)
                .compile(new ApplicationCode(
                        run,
                        application.name(),
                        application.arn(),
                        definition.code(),
                        definition.inputs(),
                        definition.outputs(),
                        definition.references(),
                        definition.role(),
                        roles,
                        starts,
                        new ApplicationCode.Access(runs.get(), token),
                        settings == null
                                ? 1
                                : settings.parallelismConfigurationDescription().currentParallelism(),
                        settings == null
                                ? SQL_CHECKPOINTS
                                : settings.checkpointConfigurationDescription().checkpointInterval(),
                        settings == null
                                ? SQL_PAUSE
                                : settings.checkpointConfigurationDescription().minPauseBetweenCheckpoints()));
    }

    private ApplicationCompiler compiler(Definition definition) {
        return definition.isSql() ? sql : flink;
    }
}
