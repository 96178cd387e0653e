package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobStatus;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Jobs that take whatever they get, one after the other, beside one that counts; says what becomes of both. To be run by hand, with little
 * memory:
 *
 * <pre>java -Xmx512m -XX:+UseParallelGC -cp CLASSPATH io.riacho.analytics.runtime.AttackMeasurement SECONDS [hashmap]</pre>
 */
final class AttackMeasurement {

    private static final String FAST =
            "CREATE TEMPORARY TABLE fast (id BIGINT, t STRING, ts AS PROCTIME()) WITH ('connector' = 'datagen', "
                    + "'rows-per-second' = '200000', 'fields.t.length' = '1000')";
    private static final String NOWHERE = "CREATE TEMPORARY TABLE nowhere (n BIGINT) WITH ('connector' = 'blackhole')";

    private AttackMeasurement() {}

    /** @param arguments for how many seconds each goes on */
    public static void main(String[] arguments) throws Exception {
        int seconds = Integer.parseInt(arguments[0]);
        Path folder = Files.createTempDirectory("riacho-attack-");
        FlinkJobRunner runner = FlinkJobRunner.create(EmbeddedFlink.properties(null, List.of()), folder);
        Map<String, String> attacks = new LinkedHashMap<>();
        attacks.put("one growing text", "INSERT INTO nowhere SELECT CHAR_LENGTH(LISTAGG(t)) FROM fast");
        attacks.put("one growing array", "INSERT INTO nowhere SELECT CARDINALITY(ARRAY_AGG(t)) FROM fast");
        attacks.put("huge text", "INSERT INTO nowhere SELECT CHAR_LENGTH(REPEAT(t, 1000000)) FROM fast");
        attacks.put("cross join", "INSERT INTO nowhere SELECT a.id FROM fast a, fast b");
        attacks.put("distinct", "INSERT INTO nowhere SELECT COUNT(DISTINCT t) FROM fast");
        attacks.put(
                "huge window",
                "INSERT INTO nowhere SELECT COUNT(*) OVER (ORDER BY ts RANGE BETWEEN INTERVAL '30' DAY PRECEDING AND "
                        + "CURRENT ROW) FROM fast");
        attacks.put(
                "rows held back", "INSERT INTO nowhere SELECT COUNT(*) FROM (SELECT DISTINCT t FROM fast) GROUP BY t");
        String good = runner.start(
                Jobs.job(
                        Jobs.newRun(),
                        List.of(Jobs.noise(), NOWHERE),
                        List.of("INSERT INTO nowhere SELECT COUNT(*) FROM numbers GROUP BY MOD(id, 10)")),
                null,
                false);
        for (Map.Entry<String, String> attack : attacks.entrySet()) {
            List<String> statements = new ArrayList<>(List.of(FAST, NOWHERE));
            if (attack.getKey().equals("rows held back")) {
                statements.addFirst("SET 'table.exec.mini-batch.size' = '100000000'");
                statements.addFirst("SET 'table.exec.mini-batch.allow-latency' = '1 h'");
                statements.addFirst("SET 'table.exec.mini-batch.enabled' = 'true'");
            }
            String job = runner.start(Jobs.job(Jobs.newRun(), statements, List.of(attack.getValue())), null, false);
            long end = System.nanoTime() + seconds * 1_000_000_000L;
            JobStatus status = runner.status(job);
            while (System.nanoTime() < end && status.state() != JobStatus.State.EXHAUSTED) {
                Thread.sleep(500);
                status = runner.status(job);
            }
            System.out.printf(
                    "%-18s %s %s%n",
                    attack.getKey(),
                    status.state(),
                    String.valueOf(status.failure()).split("\n")[0]);
            runner.cancel(job);
            JobStatus other = runner.status(good);
            System.out.printf(
                    "   the other job: %s, %d restarts, %s rows, %s%n",
                    other.state(),
                    other.restarts(),
                    runner.metrics(good).values().get("numRecordsIn"),
                    other.failure());
        }
        System.exit(0);
    }
}
