package io.riacho.flink.function;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.types.Row;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavepointTest {
    private static final String TIME = ", on_time => DESCRIPTOR(`__rt`), uid => ";
    private static final List<String> QUERIES = List.of(
            "SELECT `rowtime`, K, s, m, l FROM KDA_SLIDE(input => TABLE T PARTITION BY K, aggregates => 'SUM N RANGE 3000 s;MAX N ROWS 4 m;LAG N,2,-,IGNORE RANGE 9000 l'"
                    + TIME + "'q0')",
            "SELECT `rowtime`, K, c, a FROM KDA_STAGGER(input => TABLE T PARTITION BY K, size => 5000, aggregates => 'COUNT * ALL 0 c;AVG N ALL 0 a'"
                    + TIME + "'q1')",
            "SELECT `rowtime`, K, N FROM KDA_SORT(input => TABLE T, bucket => 7000, keys => 'N ASC'" + TIME + "'q2')",
            "SELECT `rowtime`, K FROM KDA_DISTINCT(input => TABLE KS PARTITION BY K, size => 6000" + TIME + "'q3')",
            "SELECT `rowtime`, N, M FROM KDA_JOIN(l => TABLE T PARTITION BY K, r => TABLE THIRDS PARTITION BY K, kind => 'LEFT', left_size => 2000, right_size => 1000"
                    + TIME + "'q4')",
            "SELECT `rowtime`, N, ANOMALY_SCORE FROM KDA_RANDOM_CUT_FOREST(input => TABLE T, trees => 5, sample => 10, decay => 100, shingle => 2"
                    + TIME + "'q5')",
            "SELECT `rowtime`, HOTSPOTS_RESULT FROM KDA_HOTSPOTS(input => TABLE T, size => 100, radius => 3E0, min_points => 4"
                    + TIME + "'q6')",
            "SELECT `rowtime`, K, N FROM KDA_RESTAMP(input => TABLE T, millis => 2500" + TIME + "'q7')",
            "SELECT `rowtime`, S, K, n FROM KDA_GROUP(input => TABLE MINUTES, keys => 'S;K', monotonic => 'S', aggregates => 'SUM N ALL 0 n'"
                    + TIME + "'q8')");

    @TempDir
    @Nullable
    Path folder;

    @Test
    void aJobGoesOnFromASavepointAsIfItHadNotStopped() throws Exception {
        Random random = new Random(3);
        List<Row> rows = new ArrayList<>();
        LocalDateTime time = LocalDateTime.parse("2020-01-01T00:00:50");
        for (int i = 0; i < 160; i++) {
            time = time.plusNanos(random.nextInt(3) * 400_000_000L);
            rows.add(Row.of(time, "k" + random.nextInt(3), random.nextInt(20)));
        }
        Replay.rows = rows;
        Replay.limit = rows.size();
        start(new Configuration()).getJobExecutionResult().get();
        List<String> expected = Replay.RESULTS.stream().sorted().toList();
        assertThat(expected).hasSizeGreaterThan(160 * 6);

        Replay.RESULTS.clear();
        Replay.AT_LIMIT.drainPermits();
        Replay.limit = 90;
        JobClient first = start(new Configuration());
        Replay.AT_LIMIT.acquire();
        FlinkTables.awaitRunning(first);
        String savepoint = first.stopWithSavepoint(false, folder + "/savepoints", SavepointFormatType.CANONICAL)
                .get();
        assertThat(Replay.RESULTS.size()).isLessThan(expected.size());

        Replay.limit = rows.size();
        Configuration restored = new Configuration();
        restored.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
        start(restored).getJobExecutionResult().get();
        assertThat(Replay.RESULTS.stream().sorted().toList()).isEqualTo(expected);
    }

    private static JobClient start(Configuration configuration) throws Exception {
        FlinkTables flink = FlinkTables.open(configuration);
        flink.replayed(
                "T",
                List.of(
                        new FlinkTables.Column("K", Types.STRING, "STRING"),
                        new FlinkTables.Column("N", Types.INT, "INT")));
        flink.view("KS", "SELECT `__rt`, K FROM T");
        flink.view("THIRDS", "SELECT `__rt`, K, N AS M FROM T WHERE MOD(N, 3) = 0");
        flink.view("MINUTES", "SELECT `__rt`, FLOOR(`__rt` TO MINUTE) AS S, K, N FROM T");
        return flink.start(QUERIES);
    }
}
