package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.job.JobStatus.State;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.util.List;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.core.fs.FSDataOutputStream;
import org.apache.flink.core.fs.FileSystem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedClusterTest {

    @TempDir
    private Path folder;

    @Test
    void whoHasNotTheKeyCannotAskFlinkAnything() throws Exception {
        Configuration connection = EmbeddedFlink.cluster().connect();
        int port = connection.get(RestOptions.PORT);
        SSLContext believing = SSLContext.getInstance("TLS");
        believing.init(null, new TrustManager[] {new Believing()}, null);
        try (HttpClient client = HttpClient.newBuilder().sslContext(believing).build()) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("https://127.0.0.1:" + port + "/overview"))
                    .build();

            assertThatThrownBy(() -> client.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(java.io.IOException.class);
        }
    }

    @Test
    void flinkIsReachedFromThisMachineAlone() throws Exception {
        EmbeddedFlink.cluster().connect();
        InetAddress own =
                InetAddress.getByName(EmbeddedFlink.cluster().connect().get(RestOptions.ADDRESS));

        assertThat(own.isLoopbackAddress()).isTrue();
        assertThat(Sockets.listeningBeyondLoopback()).isEmpty();
    }

    @Test
    void aClusterThatEndedIsStartedAgainForTheNextJob() throws Exception {
        Path out = folder.resolve("out");
        EmbeddedCluster cluster = EmbeddedFlink.newCluster(folder.resolve("data"));
        try (FlinkJobRunner runner = new FlinkJobRunner(
                EmbeddedFlink.PROPERTIES,
                cluster,
                new RunFolders(
                        new org.apache.flink.core.fs.Path(folder.resolve("data").toUri())),
                new Planner(1, EmbeddedFlink.PROPERTIES.plannerTime()))) {
            String run = Jobs.newRun();
            String job = runner.start(Jobs.windows(run, 20_000, 1000, out), null, false);
            Jobs.await("windows", () -> !Jobs.lines(out).isEmpty());
            cluster.end();
            assertThat(runner.status(job).state()).isEqualTo(State.UNKNOWN);

            String again = runner.start(Jobs.windows(run, 20_000, 1_000_000, out), null, false);

            Jobs.await("the end", () -> runner.status(again).state() == State.FINISHED);
            assertThat(Jobs.lines(out)).containsExactlyInAnyOrderElementsOf(Jobs.expectedWindows(20_000));
        }
        assertThat(list(folder.resolve("data/tmp/" + ProcessHandle.current().pid())))
                .noneMatch(name -> name.startsWith("cluster-"));
    }

    @Test
    void whatAnotherProcessLeftIsRemovedAtTheStart() throws Exception {
        Path left = Files.createDirectories(folder.resolve("tmp/1/cluster-1/rocksdb"));
        Files.writeString(left.resolve("000001.sst"), "x");

        new TemporaryFiles(folder).prepare();

        assertThat(folder.resolve("tmp").toFile().list())
                .containsExactly(Long.toString(ProcessHandle.current().pid()));
    }

    @Test
    void whatFlinkUnpacksLiesInTheFolderOfAnalytics() {
        EmbeddedFlink.RUNNER.check(Jobs.job(
                Jobs.newRun(),
                List.of("CREATE TEMPORARY TABLE o (id INT) WITH ('connector' = 'blackhole')"),
                List.of("INSERT INTO o VALUES (1)")));

        assertThat(EmbeddedFlink.FOLDER
                        .resolve("tmp/" + ProcessHandle.current().pid())
                        .toFile()
                        .list())
                .anyMatch(name -> name.startsWith("flink-table-planner"));
    }

    @Test
    void whatFlinkWritesToLocalFilesIsForcedToDisk() throws Exception {
        org.apache.flink.core.fs.Path path =
                new org.apache.flink.core.fs.Path(folder.resolve("file").toUri());
        FileSystem files = path.getFileSystem();

        try (FSDataOutputStream file = files.create(path, FileSystem.WriteMode.NO_OVERWRITE)) {
            file.write(1);
        }

        assertThat(files).isInstanceOf(DurableFileSystem.class);
        assertThat(folder.resolve("file")).hasBinaryContent(new byte[] {1});
    }

    @Test
    void theKeyIsForItsOwnerAlone() throws Exception {
        LoopbackIdentity identity = LoopbackIdentity.make(folder.resolve("identity.p12"));

        assertThat(Files.getPosixFilePermissions(folder.resolve("identity.p12")))
                .isEqualTo(java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        Configuration configured = new Configuration();
        identity.configure(configured);
        assertThat(identity.toString())
                .doesNotContain(configured.getString("security.ssl.rest.keystore-password", "none"));
    }

    private static List<String> list(Path in) throws Exception {
        try (var files = Files.list(in)) {
            return files.map(file -> file.getFileName().toString()).toList();
        }
    }

    /** Trusts every server, and has no key of its own. */
    private static final class Believing extends javax.net.ssl.X509ExtendedTrustManager {

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, java.net.Socket socket) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, javax.net.ssl.SSLEngine engine) {}

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {}

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {}

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}
