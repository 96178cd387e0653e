package io.riacho.opensearch;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of OpenSearch on 127.0.0.1, which knows no users. */
public final class SearchNode implements AutoCloseable {

    private final OpenSearchRunner node;
    private final URI url;

    private SearchNode(OpenSearchRunner node) {
        this.node = node;
        this.url = URI.create("http://127.0.0.1:" + node.node().settings().get("http.port") + "/");
    }

    /**
     * One that answers.
     *
     * @param folder of its data, which is removed when it is closed
     */
    public static SearchNode started(Path folder) {
        OpenSearchRunner node = new OpenSearchRunner();
        node.onBuild((_, settings) -> {
            settings.put("discovery.type", "single-node");
            settings.put("http.host", "127.0.0.1");
            settings.put("transport.host", "127.0.0.1");
        });
        node.build(OpenSearchRunner.newConfigs()
                .basePath(folder.toString())
                .clusterName("riacho-tests")
                .numOfNode(1)
                .useLogger());
        node.ensureYellow();
        return new SearchNode(node);
    }

    /** Ends with a slash. */
    public URI url() {
        return url;
    }

    @Override
    public void close() throws IOException {
        node.close();
        node.clean();
    }

    /**
     * Runs a node until standard input ends.
     *
     * @param arguments the folder of its data, and the file that its URL is written to once it answers
     */
    public static void main(String[] arguments) throws IOException {
        Path file = Path.of(arguments[1]);
        try (SearchNode node = started(Path.of(arguments[0]))) {
            Path written = Files.writeString(
                    file.resolveSibling(file.getFileName() + ".new"), node.url().toString());
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
            while (System.in.read() >= 0) {
                // What is said does not matter.
            }
        }
        System.exit(0);
    }
}
