package io.riacho.analytics.sql;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.CodeRules;
import io.riacho.analytics.job.JobSpecification;
import java.util.HashMap;
import java.util.Map;

/** Makes jobs of Flink SQL: statements as Flink has them, which a job's runner checks. */
public final class FlinkSqlCompiler implements ApplicationCompiler {

    private final JobSettings settings;
    private final CodeRules rules;

    public FlinkSqlCompiler(JobSettings settings, CodeRules rules) {
        this.settings = settings;
        this.rules = rules;
    }

    @Override
    public void checkSyntax(String code) {
        FlinkSqlStatements unused = FlinkSqlStatements.read(code, rules);
    }

    @Override
    public JobSpecification compile(ApplicationCode code) {
        FlinkSqlStatements statements = FlinkSqlStatements.read(code.code(), rules);
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
