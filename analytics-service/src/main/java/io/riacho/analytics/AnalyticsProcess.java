package io.riacho.analytics;

import io.riacho.access.ProcessName;
import java.io.IOException;

/** The name of this process; other services of the same process have other names. Its name is let go with its end. */
record AnalyticsProcess(ProcessName name) implements AutoCloseable {

    @Override
    public void close() throws IOException {
        name.close();
    }
}
