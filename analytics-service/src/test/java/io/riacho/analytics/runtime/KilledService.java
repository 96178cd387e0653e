package io.riacho.analytics.runtime;

import io.riacho.analytics.job.JobStatus.State;
import java.nio.file.Path;
import java.util.List;

/** A process with an embedded Flink, which runs a job to its end unless it is killed. */
final class KilledService {

    private KilledService() {}

    /** @param arguments folder of Analytics, run, last number, numbers a second, folder of the output */
    public static void main(String[] arguments) throws Exception {
        Path folder = Path.of(arguments[0]);
        FlinkJobRunner runner = FlinkJobRunner.create(EmbeddedFlink.properties(null, List.of()), folder);
        String job = runner.start(
                Jobs.windows(
                        arguments[1],
                        Integer.parseInt(arguments[2]),
                        Integer.parseInt(arguments[3]),
                        Path.of(arguments[4])),
                null,
                false);
        State state = State.STARTING;
        while (state != State.FINISHED && state != State.FAILED) {
            Thread.sleep(50);
            state = runner.status(job).state();
        }
        runner.close();
        System.exit(state == State.FINISHED ? 0 : 1);
    }
}
