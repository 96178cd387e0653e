package io.riacho.benchmarks.peers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Emulators from npm, installed into a folder that outlives the run. */
public final class NpmPackages {

    private static final List<String> PACKAGES = List.of("kinesalite@3.3.3", "kinesis-local@0.6.2");

    private final Path folder;

    private NpmPackages(Path folder) {
        this.folder = folder;
    }

    /** @throws IOException if npm is not there, or cannot reach its registry */
    public static NpmPackages installedIn(Path folder) throws IOException {
        Files.createDirectories(folder);
        NpmPackages packages = new NpmPackages(folder);
        if (!Files.exists(packages.file("kinesalite")) || !Files.exists(packages.file("kinesis-local"))) {
            List<String> command = new ArrayList<>(
                    List.of("npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", folder.toString()));
            command.addAll(PACKAGES);
            Process npm = new ProcessBuilder(command).redirectErrorStream(true).start();
            String output = new String(npm.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            try {
                if (npm.waitFor() != 0) {
                    throw new IOException("npm could not install the emulators: " + output.strip());
                }
            } catch (InterruptedException e) {
                npm.destroyForcibly();
                throw new IOException("Interrupted", e);
            }
        }
        return packages;
    }

    Path file(String inModules) {
        return folder.resolve("node_modules").resolve(inModules);
    }
}
