package io.riacho.firehose.source.kafka;

import io.riacho.firehose.FirehoseApplication;
import io.riacho.firehose.destination.s3.S3Properties;
import io.riacho.postgres.TestPostgres;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.urlconnection.UrlConnectionHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.firehose.FirehoseClient;

/** Firehose as a process of its own, that can be killed; it is there once its client is answered. */
final class FirehoseProcess implements AutoCloseable {

    private static final AwsBasicCredentials ROOT = AwsBasicCredentials.create("AKIATESTROOT", "secret-of-the-root");

    private final int port = TestKafka.freePort();
    private final Process process;

    FirehoseProcess(TestPostgres.Database database, S3Properties s3, TestKafka kafka, Path folder) throws IOException {
        List<String> command = new ArrayList<>(List.of(
                System.getProperty("java.home") + "/bin/java",
                "-Xmx256m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                FirehoseApplication.class.getName()));
        command.addAll(List.of(
                "--server.port=" + port,
                "--RIACHO_ROOT_ACCESS_KEY_ID=" + ROOT.accessKeyId(),
                "--RIACHO_ROOT_SECRET_ACCESS_KEY=" + ROOT.secretAccessKey(),
                "--riacho.data=" + folder,
                "--riacho.firehose.poll-interval=200ms",
                "--riacho.firehose.takeover=1s",
                "--riacho.firehose.lease-duration=3s",
                "--riacho.firehose.s3.endpoint=" + s3.endpoint(),
                "--riacho.firehose.s3.access-key-id=" + s3.accessKeyId(),
                "--riacho.firehose.s3.secret-access-key=" + s3.secretAccessKey(),
                "--" + KafkaProperties.property(TestKafka.CLUSTER_ARN) + "=" + kafka.bootstrapServers(),
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password()));
        process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("log-" + port).toFile())
                .start();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    FirehoseClient client() {
        return FirehoseClient.builder()
                .endpointOverride(URI.create("http://127.0.0.1:" + port))
                .region(Region.US_EAST_1)
                .credentialsProvider(StaticCredentialsProvider.create(ROOT))
                .httpClientBuilder(UrlConnectionHttpClient.builder())
                .build();
    }

    /** As power loss does it. */
    void kill() throws InterruptedException {
        process.toHandle().destroyForcibly();
        process.waitFor();
    }

    @Override
    public void close() throws InterruptedException {
        kill();
    }
}
