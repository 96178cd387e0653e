package io.riacho.compatibility;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Order;

/** The KCL for Node.js, aws-kcl: a process for each shard, behind KCL 2's MultiLangDaemon with enhanced fan-out. */
@Order(1)
final class NodeKclTest extends KclContract {

    @Override
    ConsumerProgram program() {
        Path folder = NpmFolder.installed("node-kcl");
        Path jars = folder.resolve("jars");
        try {
            Files.createDirectories(jars);
            Path none = Files.writeString(folder.resolve("none.properties"), "");
            assumeTrue(
                    Tools.run(
                            folder,
                            "node",
                            "node_modules/aws-kcl/bin/kcl-bootstrap",
                            "--properties",
                            none.toString(),
                            "--java",
                            JavaProgram.java(),
                            "--jar-path",
                            jars.toString()),
                    "aws-kcl could not fetch its daemon from Maven Central: skipped");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return ConsumerProgram.node(folder);
    }
}
