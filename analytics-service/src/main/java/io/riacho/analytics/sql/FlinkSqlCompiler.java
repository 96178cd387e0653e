package io.riacho.analytics.sql;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobSpecification;
import java.util.HashMap;
import java.util.Map;

/** Makes jobs of Flink SQL: statements as Flink has them, which a job's runner checks. */
public final class FlinkSqlCompiler implements ApplicationCompiler {

    private final JobSettings settings;

    public FlinkSqlCompiler(JobSettings settings) {
        this.settings = settings;
    }

    @Override
    public void checkSyntax(String code) {
        FlinkSqlStatements unused = FlinkSqlStatements.read(code);
    }

    @Override
    public JobSpecification compile(ApplicationCode code) {
        FlinkSqlStatements statements = FlinkSqlStatements.read(code.code());
        if (statements.inserts().isEmpty()) {
            throw new CodeException("The code has no INSERT, so that it would do nothing.", 0, 0);
        }
        Map<String, String> all = new HashMap<>(settings.of(code));
        all.putAll(statements.settings());
        return new JobSpecification(
                code.run(),
                code.application(),
                statements.definitions(),
                statements.inserts(),
                Map.of(),
                all,
                code.parallelism(),
                code.checkpointInterval());
    }
}
