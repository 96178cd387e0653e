package io.riacho.compatibility;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program of another module, with a class path of its own.
 *
 * @param module the folder of its module, from the project's
 * @param main its class
 * @param options for the Java that runs it, besides those that keep it small
 */
record JavaProgram(String module, String main, List<String> options) {

    JavaProgram(String module, String main) {
        this(module, main, List.of());
    }

    static String java() {
        return Path.of(System.getProperty("java.home"), "bin", "java").toString();
    }

    /** @param arguments of the program */
    List<String> command(List<String> arguments) {
        Path target = Path.of("..", module, "target").toAbsolutePath().normalize();
        List<String> command = new ArrayList<>(List.of(
                java(),
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-Dorg.slf4j.simpleLogger.showDateTime=true",
                "-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS"));
        command.addAll(options);
        command.add("-cp");
        command.add(target.resolve("classes") + File.pathSeparator + classPath(target.resolve("classpath.txt")));
        command.add(main);
        command.addAll(arguments);
        return command;
    }

    private String classPath(Path file) {
        try {
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "The program is not built (./mvnw -pl " + module + " -am package): " + file, e);
        }
    }
}
