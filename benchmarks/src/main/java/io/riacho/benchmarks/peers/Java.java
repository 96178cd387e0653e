package io.riacho.benchmarks.peers;

import java.nio.file.Path;

/** The JDK that runs the benchmarks also runs the servers. */
public final class Java {

    private Java() {}

    public static String command() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }
}
