package io.riacho.analytics.run;

import io.riacho.analytics.AnalyticsServer;
import io.riacho.analytics.job.MemoryJobs;
import io.riacho.postgres.TestPostgres;
import java.nio.file.Path;

/** A process that leads applications, and says what its jobs do. */
final class PausedService {

    private PausedService() {}

    /** @param arguments the database, its user and password, a folder, and the application that is told of */
    public static void main(String[] arguments) throws Exception {
        MemoryJobs jobs = new MemoryJobs();
        try (AnalyticsServer server = new AnalyticsServer(
                new TestPostgres.Database(arguments[0], arguments[1], arguments[2]), Path.of(arguments[3]), jobs)) {
            System.out.println("ENDPOINT " + server.endpoint());
            while (true) {
                jobs.of(arguments[4])
                        .forEach(job -> System.out.println("JOB " + job.status().state()));
                Thread.sleep(50);
            }
        }
    }
}
