import org.codelibs.opensearch.runner.OpenSearchRunner;

/** One node of OpenSearch on port 9200 that knows no users, until the process ends. The argument is the folder of its data. */
final class SearchNode {

    private SearchNode() {}

    public static void main(String[] arguments) throws Exception {
        OpenSearchRunner node = new OpenSearchRunner();
        node.onBuild((_, settings) -> {
            settings.put("discovery.type", "single-node");
            settings.put("http.host", "0.0.0.0");
            settings.put("http.port", "9200");
            settings.put("transport.host", "127.0.0.1");
        });
        node.build(OpenSearchRunner.newConfigs()
                .basePath(arguments[0])
                .clusterName("riacho")
                .numOfNode(1)
                .useLogger());
        Runtime.getRuntime().addShutdownHook(new Thread(() -> {
            try {
                node.close();
            } catch (java.io.IOException e) {
                e.printStackTrace();
            }
        }));
        Thread.currentThread().join();
    }
}
