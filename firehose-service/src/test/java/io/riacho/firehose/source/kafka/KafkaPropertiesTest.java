package io.riacho.firehose.source.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatNoException;

import io.riacho.firehose.activity.Activities;
import io.riacho.firehose.deliverystream.Source;
import io.riacho.protocol.AwsException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import software.amazon.awssdk.services.firehose.model.MSKSourceConfiguration;

class KafkaPropertiesTest {

    private static final String ARN = TestKafka.CLUSTER_ARN;
    private static final Instant NOW = Instant.parse("2026-11-26T12:00:00Z");

    @Test
    void clustersAreFoundByTheirArns() {
        String prefix = "riacho.firehose.kafka.clusters.[" + ARN + "].";

        KafkaProperties bound = new Binder(new MapConfigurationPropertySource(Map.of(
                        prefix + "bootstrap-servers", "b-1:9096,b-2:9096",
                        prefix + "security-protocol", "SASL_SSL",
                        prefix + "sasl-mechanism", "SCRAM-SHA-512",
                        prefix + "username", "reader",
                        prefix + "password", "p4ss",
                        prefix + "ca-file", "/etc/ca.pem")))
                .bind("riacho.firehose.kafka", KafkaProperties.class)
                .get();

        assertThat(bound.clusters())
                .containsExactlyEntriesOf(Map.of(
                        ARN,
                        new KafkaProperties.Cluster(
                                "b-1:9096,b-2:9096",
                                "SASL_SSL",
                                "SCRAM-SHA-512",
                                "reader",
                                "p4ss",
                                Path.of("/etc/ca.pem"))));
        assertThat(bound.toString()).doesNotContain("p4ss");
    }

    @Test
    void aClusterThatIsNotKnownIsRefusedByTheNameOfItsProperty() {
        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> check(Map.of(), null))
                .withMessageContaining("riacho.firehose.kafka.clusters.[" + ARN + "].bootstrap-servers");
    }

    @Test
    void aTimeInTheFutureIsRefused() {
        Map<String, KafkaProperties.Cluster> known = Map.of(ARN, KafkaProperties.Cluster.at("b-1:9092"));

        assertThatExceptionOfType(AwsException.class)
                .isThrownBy(() -> check(known, NOW.plusSeconds(1)))
                .withMessageContaining("ReadFromTimestamp");
        assertThatNoException().isThrownBy(() -> check(known, NOW));
        assertThatNoException().isThrownBy(() -> check(known, null));
    }

    @Test
    void settingsThatWouldDoNothingAreRefused() {
        refused("ca-file", "PLAINTEXT", null, null, null, Path.of("ca.pem"));
        refused("username", "SSL", null, "reader", null, null);
        refused("sasl-mechanism", "SASL_SSL", "GSSAPI", "reader", "p4ss", null);
        refused("password", "SASL_SSL", "PLAIN", "reader", null, null);
        refused("security-protocol", "TLS", null, null, null, null);
    }

    @Test
    void passwordsAreNotInWhatIsSaidOfThem() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of("SASL_SSL", "PLAIN", "reader", "p4ss\n", null))
                .withMessageNotContaining("p4ss");
    }

    private static void refused(
            String property,
            String protocol,
            @Nullable String mechanism,
            @Nullable String username,
            @Nullable String password,
            @Nullable Path caFile) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> of(protocol, mechanism, username, password, caFile))
                .withMessageContaining(property);
    }

    private static KafkaProperties of(
            String protocol,
            @Nullable String mechanism,
            @Nullable String username,
            @Nullable String password,
            @Nullable Path caFile) {
        return new KafkaProperties(
                Map.of(ARN, new KafkaProperties.Cluster("b-1:9092", protocol, mechanism, username, password, caFile)));
    }

    private static void check(Map<String, KafkaProperties.Cluster> clusters, @Nullable Instant from) {
        Activities activities = new Activities(_ -> {
            throw new AssertionError("nothing happens");
        });
        new KafkaSources(new KafkaProperties(clusters), activities, InstantSource.fixed(NOW))
                .check(new Source.Kafka(
                        MSKSourceConfiguration.builder()
                                .mskClusterARN(ARN)
                                .topicName("clicks")
                                .readFromTimestamp(from)
                                .build(),
                        NOW));
    }
}
