package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class UncaughtErrorsTest {

    @Test
    void aThreadThatRunsOutOfMemoryEndsTheProcess() throws Exception {
        assertThat(exitAfter("memory")).isEqualTo(UncaughtErrors.OUT_OF_MEMORY);
    }

    @Test
    void aThreadThatEndsOtherwiseDoesNot() throws Exception {
        assertThat(exitAfter("other")).isZero();
    }

    private static int exitAfter(String what) throws Exception {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Failing.class.getName(),
                        what)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return process.exitValue();
    }

    static final class Failing {

        private Failing() {}

        public static void main(String[] arguments) throws Exception {
            UncaughtErrors.endTheProcess();
            Thread thread = new Thread(() -> {
                if (arguments[0].equals("memory")) {
                    throw new IllegalStateException(new OutOfMemoryError("Java heap space"));
                }
                throw new IllegalStateException("something else");
            });
            thread.start();
            thread.join();
            System.exit(0);
        }
    }
}
