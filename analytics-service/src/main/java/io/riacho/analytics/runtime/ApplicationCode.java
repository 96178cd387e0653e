package io.riacho.analytics.runtime;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.CodeRules;
import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobSpecification;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.dag.Transformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.Schema;
import org.apache.flink.table.api.TableDescriptor;
import org.apache.flink.table.api.bridge.java.StreamTableEnvironment;
import org.apache.flink.table.api.internal.TableEnvironmentImpl;
import org.apache.flink.table.catalog.CatalogFunction;
import org.apache.flink.table.catalog.FunctionLanguage;
import org.apache.flink.table.factories.FactoryUtil;
import org.apache.flink.table.operations.ModifyOperation;
import org.apache.flink.table.operations.Operation;
import org.apache.flink.table.operations.SinkModifyOperation;
import org.apache.flink.table.operations.command.SetOperation;
import org.apache.flink.table.operations.ddl.CreateCatalogFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateTableOperation;
import org.apache.flink.table.operations.ddl.CreateTempSystemFunctionOperation;
import org.apache.flink.table.operations.ddl.CreateViewOperation;
import org.apache.flink.table.operations.ddl.DropTableOperation;
import org.apache.flink.table.operations.ddl.DropViewOperation;

/**
 * The statements of one job in a table environment of their own, from text to a pipeline that can be sent to a cluster. Only statements
 * that define tables, views and our own functions are taken: Flink SQL can load jars and classes, and who may write an application may
 * not for that run code in the service. For use by one thread of the planner.
 */
final class ApplicationCode {

    private static final String OWN_FUNCTIONS = "io.riacho.flink.function.";
    private static final String PREVIEW = "__preview_";

    private final JobSpecification job;
    private final CodeRules rules;
    private final CodeLimits limits = new CodeLimits();
    private final StreamExecutionEnvironment streams;
    private final TableEnvironmentImpl tables;

    /**
     * @param configuration of the environment and of the job
     * @param rules what may be named
     */
    ApplicationCode(JobSpecification job, Configuration configuration, CodeRules rules) {
        this.job = job;
        this.rules = rules;
        this.streams = new StreamExecutionEnvironment(configuration);
        StreamTableEnvironment environment = StreamTableEnvironment.create(
                streams,
                EnvironmentSettings.newInstance()
                        .inStreamingMode()
                        .withConfiguration(configuration)
                        .build());
        this.tables = (TableEnvironmentImpl) environment;
    }

    /** @throws CodeException where the code is wrong */
    StreamGraph plan() {
        job.statements().forEach(this::define);
        List<ModifyOperation> inserts = new ArrayList<>();
        job.inserts().forEach(insert -> inserts.add(insert(insert)));
        inserts.addAll(previews());
        try {
            List<Transformation<?>> transformations = tables.getPlanner().translate(inserts);
            streams.configure(tables.getConfig().getConfiguration());
            return streams.generateStreamGraph(transformations);
        } catch (RuntimeException e) {
            throw CodeErrors.of(e, job.inserts().getFirst());
        }
    }

    private void define(String statement) {
        limits.planned(statement);
        try {
            Operation operation = parse(statement);
            switch (operation) {
                case CreateTableOperation table -> {
                    connector(table, statement);
                    tables.executeInternal(operation);
                }
                case DropTableOperation _, DropViewOperation _ -> tables.executeInternal(operation);
                case CreateViewOperation view -> {
                    limits.defined(view.getViewIdentifier().getObjectName(), statement);
                    tables.executeInternal(operation);
                }
                case CreateTempSystemFunctionOperation function -> {
                    own(function.getCatalogFunction(), statement);
                    tables.executeInternal(operation);
                }
                case CreateCatalogFunctionOperation function -> {
                    own(function.getCatalogFunction(), statement);
                    tables.executeInternal(operation);
                }
                case SetOperation set -> set(set, statement);
                default ->
                    throw CodeErrors.at(
                            "An application may have statements that define tables, views and functions, and INSERTs;"
                                    + " not: "
                                    + Failures.shorten(operation.asSummaryString()),
                            statement);
            }
        } catch (CodeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw CodeErrors.of(e, statement);
        }
    }

    private Operation parse(String statement) {
        List<Operation> operations = tables.getParser().parse(statement);
        if (operations.size() != 1) {
            throw CodeErrors.at("Exactly one statement is needed here", statement);
        }
        return operations.getFirst();
    }

    private void connector(CreateTableOperation table, String statement) {
        String connector = table.getCatalogTable().getOptions().get(FactoryUtil.CONNECTOR.key());
        if (connector != null && !rules.allowsConnector(connector)) {
            throw CodeErrors.at(
                    "There is no connector '" + Failures.shorten(connector) + "'; there are " + rules.allConnectors(),
                    statement);
        }
    }

    private static void own(CatalogFunction function, String statement) {
        if (function.getFunctionLanguage() != FunctionLanguage.JAVA
                || !function.getFunctionResources().isEmpty()
                || !function.getClassName().startsWith(OWN_FUNCTIONS)) {
            throw CodeErrors.at("Functions of one's own, and jars, cannot be loaded", statement);
        }
    }

    private void set(SetOperation set, String statement) {
        String key = set.getKey().orElse("");
        if (!rules.allowsSetting(key)) {
            throw CodeErrors.at("SET is for " + rules.allSettings() + "; not: " + key, statement);
        }
        tables.getConfig().set(key, set.getValue().orElse(""));
    }

    private ModifyOperation insert(String statement) {
        limits.inserted(statement);
        try {
            if (parse(statement) instanceof SinkModifyOperation insert && !insert.isUpdate() && !insert.isDelete()) {
                if (!insert.getDynamicOptions().isEmpty()) {
                    throw CodeErrors.at("OPTIONS hints are not supported", statement);
                }
                return insert;
            }
        } catch (CodeException e) {
            throw e;
        } catch (RuntimeException e) {
            throw CodeErrors.of(e, statement);
        }
        throw CodeErrors.at("An INSERT is needed here", statement);
    }

    /** One more INSERT for each stream that can be looked at. */
    private List<ModifyOperation> previews() {
        List<ModifyOperation> inserts = new ArrayList<>();
        for (Map.Entry<String, String> preview : new TreeMap<>(job.previews()).entrySet()) {
            String table = PREVIEW + inserts.size();
            String view = "`" + preview.getValue().replace("`", "``") + "`";
            try {
                tables.createTemporaryTable(
                        table,
                        TableDescriptor.forConnector("preview")
                                .option("preview.stream", preview.getKey())
                                .schema(Schema.newBuilder()
                                        .fromRowDataType(tables.from(view)
                                                .getResolvedSchema()
                                                .toSinkRowDataType())
                                        .build())
                                .build());
            } catch (RuntimeException e) {
                throw new JobException("The stream " + preview.getKey() + " cannot be looked at", e);
            }
            inserts.add(insert("INSERT INTO `" + table + "` SELECT * FROM " + view));
        }
        return inserts;
    }
}
