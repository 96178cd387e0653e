package io.riacho.analytics.run;

import io.riacho.analytics.job.JobException;
import io.riacho.analytics.job.JobRunner;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;

/** Checkpoints and savepoints that nothing needs any more, or soon. Written down before, so that none is forgotten. */
final class Leftovers {

    private static final Logger log = LoggerFactory.getLogger(Leftovers.class);
    private static final int AT_A_TIME = 100;

    private final JdbcClient jdbc;
    private final JobRunner runner;

    Leftovers(JdbcClient jdbc, JobRunner runner) {
        this.jdbc = jdbc;
        this.runner = runner;
    }

    private record Leftover(long id, @Nullable String run, @Nullable String path, @Nullable String untilRun) {}

    /** @param untilRun the run that goes on from them; null where none does */
    void run(UUID application, String run, @Nullable String untilRun) {
        insert(application, run, null, untilRun);
    }

    /** A savepoint or checkpoint. */
    void path(UUID application, @Nullable String path, @Nullable String untilRun) {
        if (path != null) {
            insert(application, null, path, untilRun);
        }
    }

    /** What the run went on from, its successor goes on from, too. */
    void inherit(String run, String successor) {
        jdbc.sql("update analytics.leftover set until_run = ? where until_run = ?")
                .params(successor, run)
                .update();
    }

    /** Nothing goes on from what the run went on from. */
    void free(String run) {
        jdbc.sql("update analytics.leftover set until_run = null where until_run = ?")
                .param(run)
                .update();
    }

    /** Forgets what is not needed any more. */
    void sweep() {
        List<Leftover> all = jdbc.sql("select id, run, path, until_run from analytics.leftover order by id limit ?")
                .param(AT_A_TIME)
                .query((row, _) -> new Leftover(
                        row.getLong("id"), row.getString("run"), row.getString("path"), row.getString("until_run")))
                .list();
        for (Leftover each : all) {
            try {
                if (each.untilRun() == null
                        || runner.newestCheckpoint(each.untilRun()).isPresent()) {
                    delete(each);
                }
            } catch (JobException e) {
                log.debug("A leftover stays for now: {}", each, e);
            }
        }
    }

    private void delete(Leftover each) {
        String what = each.run() == null ? each.path() : each.run();
        if (what != null) {
            runner.delete(what);
        }
        jdbc.sql("delete from analytics.leftover where id = ?").param(each.id()).update();
    }

    private void insert(
            UUID application, @Nullable String run, @Nullable String path, @Nullable String untilRun) {
        jdbc.sql("insert into analytics.leftover (application_id, run, path, until_run) values (?, ?, ?, ?)")
                .param(application)
                .param(run)
                .param(path)
                .param(untilRun)
                .update();
    }
}
