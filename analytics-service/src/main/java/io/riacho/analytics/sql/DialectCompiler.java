package io.riacho.analytics.sql;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.JobSpecification;
import io.riacho.kdasql.Limits;
import io.riacho.kdasql.SqlCodeException;
import io.riacho.kdasql.Translation;
import io.riacho.kdasql.Translator;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Makes jobs of the dialect of Kinesis Data Analytics, by its translation to Flink SQL. */
public final class DialectCompiler implements ApplicationCompiler {

    private static final String SHOWN = "__shown_";
    private static final String ROWTIME = "ROWTIME";

    private final JobSettings settings;

    public DialectCompiler(JobSettings settings) {
        this.settings = settings;
    }

    @Override
    public void checkSyntax(String code) {
        try {
            Translator.checkSyntax(code, Limits.DEFAULT);
        } catch (SqlCodeException e) {
            throw told(e);
        }
    }

    @Override
    public JobSpecification compile(ApplicationCode code) {
        DialectTables tables = new DialectTables(code, settings);
        Translation translation;
        try {
            translation = Translator.translate(new io.riacho.kdasql.ApplicationCode(
                    code.code(), tables.inputs(), tables.references(), tables.outputs(), Limits.DEFAULT));
        } catch (SqlCodeException e) {
            throw told(e);
        }
        Map<String, String> previews = new HashMap<>();
        List<String> statements = new ArrayList<>(translation.statements());
        for (Translation.Stream stream : translation.streams()) {
            String view = SHOWN + previews.size();
            statements.add(shown(view, stream));
            previews.put(stream.name(), view);
        }
        Translation.Errors errors = translation.errors();
        if (errors != null) {
            String view = SHOWN + previews.size();
            statements.addAll(errors.statements());
            statements.add(shown(view, errors.stream()));
            previews.put(errors.stream().name(), view);
        }
        List<String> inserts = new ArrayList<>(translation.inserts());
        if (inserts.isEmpty()) {
            compute(translation.streams(), statements, inserts);
        }
        return new JobSpecification(
                code.run(),
                code.application(),
                statements,
                inserts,
                previews,
                settings.of(code),
                code.parallelism(),
                code.checkpointInterval());
    }

    /** An application without outputs runs, too: people look at its streams. Its last one goes nowhere. */
    private static void compute(List<Translation.Stream> streams, List<String> statements, List<String> inserts) {
        if (streams.isEmpty()) {
            throw new CodeException("The application has no streams.", 0, 0);
        }
        Translation.Stream last = streams.get(streams.size() - 1);
        List<String> columns = last.columns().stream()
                .map(column -> "`" + column.name().replace("`", "``") + "`")
                .toList();
        List<String> defined = last.columns().stream()
                .map(column -> "`" + column.name().replace("`", "``") + "` " + column.flinkType())
                .toList();
        statements.add("CREATE TEMPORARY TABLE `__nowhere` (" + String.join(", ", defined)
                + ") WITH ('connector' = 'blackhole')");
        inserts.add("INSERT INTO `__nowhere` SELECT " + String.join(", ", columns) + " FROM " + last.view());
    }

    /** What people see of a stream: its columns behind its ROWTIME. */
    private static String shown(String view, Translation.Stream stream) {
        String columns = stream.columns().stream()
                .map(Translation.StreamColumn::name)
                .filter(name -> !name.equals(ROWTIME))
                .map(name -> ", `" + name.replace("`", "``") + "`")
                .collect(Collectors.joining());
        return "CREATE TEMPORARY VIEW `" + view + "` AS SELECT " + stream.rowtime() + " AS `" + ROWTIME + "`" + columns
                + " FROM " + stream.view();
    }

    /** The place is told beside the reason. */
    private static CodeException told(SqlCodeException problem) {
        String message = String.valueOf(problem.getMessage());
        String place = "line " + problem.line() + ", column " + problem.column() + ": ";
        return new CodeException(
                message.startsWith(place) ? message.substring(place.length()) : message,
                problem.line(),
                problem.column());
    }
}
