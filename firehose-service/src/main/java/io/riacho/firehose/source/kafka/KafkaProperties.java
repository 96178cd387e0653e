package io.riacho.firehose.source.kafka;

import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * The Kafka clusters that delivery streams may read.
 *
 * @param clusters by the ARNs that the API names them by
 */
@ConfigurationProperties("riacho.firehose.kafka")
public record KafkaProperties(@DefaultValue Map<String, Cluster> clusters) {

    private static final Set<String> PROTOCOLS = Set.of("PLAINTEXT", "SSL", "SASL_PLAINTEXT", "SASL_SSL");
    private static final Set<String> MECHANISMS = Set.of("PLAIN", "SCRAM-SHA-256", "SCRAM-SHA-512");

    public KafkaProperties {
        clusters = Map.copyOf(clusters);
        clusters.forEach(KafkaProperties::check);
    }

    /** The property that tells where a cluster is. */
    static String property(String arn) {
        return "riacho.firehose.kafka.clusters.[" + arn + "].bootstrap-servers";
    }

    /** Texts name no values: among them are secrets. */
    private static void check(String arn, Cluster cluster) {
        String name = "riacho.firehose.kafka.clusters.[" + arn + "]";
        require(!cluster.bootstrapServers().isBlank(), name + " needs bootstrap-servers");
        require(
                PROTOCOLS.contains(cluster.securityProtocol()),
                name + ".security-protocol has to be one of " + PROTOCOLS);
        require(
                cluster.caFile() == null || cluster.isEncrypted(),
                name + ".ca-file can only be given with the security-protocol SSL or SASL_SSL");
        if (cluster.hasPassword()) {
            require(
                    cluster.saslMechanism() != null && MECHANISMS.contains(cluster.saslMechanism()),
                    name + ".sasl-mechanism has to be one of " + MECHANISMS);
            require(
                    isWritable(cluster.username()) && isWritable(cluster.password()),
                    name + " needs a username and a password, without control characters");
        } else {
            require(
                    cluster.saslMechanism() == null && cluster.username() == null && cluster.password() == null,
                    name + ": sasl-mechanism, username and password can only be given with the security-protocol"
                            + " SASL_PLAINTEXT or SASL_SSL");
        }
    }

    private static boolean isWritable(@Nullable String text) {
        return text != null && !text.isEmpty() && text.chars().noneMatch(Character::isISOControl);
    }

    private static void require(boolean condition, String otherwise) {
        if (!condition) {
            throw new IllegalArgumentException(otherwise);
        }
    }

    /**
     * Where a cluster is, and how it is spoken to.
     *
     * @param bootstrapServers {@code host:port}, with commas between
     * @param securityProtocol Kafka's: PLAINTEXT, SSL, SASL_PLAINTEXT or SASL_SSL
     * @param saslMechanism PLAIN, SCRAM-SHA-256 or SCRAM-SHA-512
     * @param caFile PEM certificates of who may have signed the brokers'; the JDK's where it is not given
     */
    public record Cluster(
            @DefaultValue("") String bootstrapServers,
            @DefaultValue("PLAINTEXT") String securityProtocol,
            @Nullable String saslMechanism,
            @Nullable String username,
            @Nullable String password,
            @Nullable Path caFile) {

        /** A cluster that is spoken to in the clear, by anyone. */
        static Cluster at(String bootstrapServers) {
            return new Cluster(bootstrapServers, "PLAINTEXT", null, null, null, null);
        }

        boolean hasPassword() {
            return securityProtocol.startsWith("SASL_");
        }

        boolean isEncrypted() {
            return securityProtocol.endsWith("SSL");
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "Cluster[" + bootstrapServers + ", " + securityProtocol + "]";
        }
    }
}
