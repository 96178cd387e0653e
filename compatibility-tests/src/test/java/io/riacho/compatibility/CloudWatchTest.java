package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.http.apache.ApacheHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.cloudwatch.CloudWatchClient;
import software.amazon.awssdk.services.cloudwatch.model.Statistic;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Metrics as clients put and get them: the Java SDK by RPC v2 CBOR, boto3 by JSON. */
class CloudWatchTest {

    private static final Path SCRIPTS = Path.of("src", "test", "python").toAbsolutePath();

    @RegisterExtension
    static final TestServer SERVER = TestServer.withoutLimits();

    private final String namespace = "Compatibility/" + UUID.randomUUID();

    @Test
    void theJavaClientReadsWhatItPut() {
        Instant minute = Instant.now().truncatedTo(ChronoUnit.MINUTES);
        try (CloudWatchClient client = client()) {
            client.putMetricData(request -> request.namespace(namespace)
                    .metricData(
                            datum -> datum.metricName("Lag").timestamp(minute).value(2.5)));
            var datapoints = client.getMetricStatistics(request -> request.namespace(namespace)
                            .metricName("Lag")
                            .startTime(minute)
                            .endTime(minute.plusSeconds(60))
                            .period(60)
                            .statistics(Statistic.SUM))
                    .datapoints();
            assertThat(datapoints).hasSize(1);
            assertThat(datapoints.getFirst().sum()).isEqualTo(2.5);
            assertThat(datapoints.getFirst().timestamp()).isEqualTo(minute);
        }
    }

    @Test
    void boto3ReadsWhatItPut() throws Exception {
        assumeTrue(
                Tools.run(SCRIPTS, "python3", "-c", "import boto3"),
                "boto3 is not installed (pip install boto3): skipped");
        Target target = SERVER.target();
        Process script = new ProcessBuilder(
                        "python3",
                        "metrics.py",
                        target.url().toString(),
                        Target.REGION,
                        target.accessKeyId(),
                        target.secretAccessKey(),
                        namespace)
                .directory(SCRIPTS.toFile())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String output = new String(script.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(script.waitFor()).isZero();
        JsonNode saw = JsonMapper.shared().readTree(output);
        assertThat(saw.path("compressed").asBoolean()).isTrue();
        assertThat(saw.path("count").asDouble()).isEqualTo(500);
        assertThat(saw.path("sum").asDouble()).isEqualTo(124_750);
        assertThat(saw.path("time").asBoolean()).isTrue();
        assertThat(saw.path("median").asDouble()).isCloseTo(250, within(10.0));
        assertThat(saw.path("refused").asString()).isEqualTo("InvalidParameterValue");
        assertThat(saw.at("/metrics/0/Dimensions/0/Value").asString()).isEqualTo("1");
        assertThat(saw.path("metrics").size()).isEqualTo(1);
    }

    private static CloudWatchClient client() {
        Target target = SERVER.target();
        return CloudWatchClient.builder()
                .endpointOverride(target.url())
                .region(Region.of(Target.REGION))
                .credentialsProvider(StaticCredentialsProvider.create(
                        AwsBasicCredentials.create(target.accessKeyId(), target.secretAccessKey())))
                .httpClientBuilder(ApacheHttpClient.builder())
                .build();
    }
}
