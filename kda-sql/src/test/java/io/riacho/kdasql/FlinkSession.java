package io.riacho.kdasql;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.table.api.EnvironmentSettings;
import org.apache.flink.table.api.StatementSet;
import org.apache.flink.table.api.TableEnvironment;
import org.apache.flink.table.api.TableResult;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;

/** A Flink session in UTC that takes a translation. */
final class FlinkSession {
    private final TableEnvironment environment;
    private final Translation translation;

    FlinkSession(Translation translation) {
        Configuration configuration = new Configuration();
        configuration.setString("table.local-time-zone", "UTC");
        configuration.setString("parallelism.default", "1");
        configuration.setString("taskmanager.memory.network.min", "16mb");
        configuration.setString("taskmanager.memory.network.max", "16mb");
        environment = TableEnvironment.create(EnvironmentSettings.newInstance()
                .inStreamingMode()
                .withConfiguration(configuration)
                .build());
        this.translation = translation;
        translation.statements().forEach(environment::executeSql);
    }

    /** The plan of all inserts as one job. */
    String explain() {
        StatementSet set = environment.createStatementSet();
        translation.inserts().forEach(set::addInsertSql);
        return set.explain();
    }

    /** Runs all inserts as one job to its end. */
    void run(Duration limit) throws Exception {
        StatementSet set = environment.createStatementSet();
        translation.inserts().forEach(set::addInsertSql);
        TableResult job = set.execute();
        try {
            job.await(limit.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            job.getJobClient().orElseThrow().cancel().get();
            throw e;
        }
    }

    /** The rows of a stream, each with ROWTIME before its columns. */
    List<Row> rows(String stream) throws Exception {
        Translation.Stream found = translation.streams().stream()
                .filter(s -> s.name().equals(stream))
                .findFirst()
                .orElseThrow();
        StringBuilder sql = new StringBuilder("SELECT ").append(found.rowtime());
        found.columns().forEach(c -> sql.append(", ").append(Text.quote(c.name())));
        sql.append(" FROM ").append(found.view());
        List<Row> rows = new ArrayList<>();
        try (CloseableIterator<Row> iterator =
                environment.executeSql(sql.toString()).collect()) {
            iterator.forEachRemaining(rows::add);
        }
        return rows;
    }
}
