package io.riacho.flink.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.JobID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Flink SQL that reads a stream and writes another one. */
class KinesisConnectorTest {

    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final KinesisServer kinesis = KinesisServer.shared();
    private final TestCluster cluster = TestCluster.shared();
    private final List<JobID> jobs = new ArrayList<>();

    @AfterEach
    void cancel() {
        jobs.forEach(cluster::cancel);
    }

    @Test
    void rowsOfOneStreamBecomeRecordsOfAnother() {
        String in = kinesis.newStream(2);
        String out = kinesis.newStream(1);
        kinesis.putIds(in, 0, 1200);

        start(2, null, in, out);

        awaitIds(out, 1200);
    }

    private JobID start(int parallelism, @Nullable String savepoint, String in, String out, String... more) {
        JobID job = cluster.start(
                parallelism,
                savepoint,
                List.of(
                        "CREATE TABLE source (id INT) WITH ("
                                + kinesis.options(in, "source.init.position", "TRIM_HORIZON", "format", "json")
                                + more(more) + ")",
                        "CREATE TABLE target (id INT) WITH (" + kinesis.options(out, "format", "json") + ")"),
                "INSERT INTO target SELECT id FROM source");
        jobs.add(job);
        return job;
    }

    private static String more(String... more) {
        StringBuilder options = new StringBuilder();
        for (int i = 0; i < more.length; i += 2) {
            options.append(", '").append(more[i]).append("' = '").append(more[i + 1]).append('\'');
        }
        return options.toString();
    }

    private void awaitIds(String out, int count) {
        await().atMost(PATIENCE).until(() -> kinesis.records(out).size() >= count);
        assertThat(kinesis.texts(out))
                .containsExactlyInAnyOrderElementsOf(java.util.stream.IntStream.range(0, count)
                        .mapToObj(id -> "{\"id\":" + id + "}")
                        .toList());
    }
}
