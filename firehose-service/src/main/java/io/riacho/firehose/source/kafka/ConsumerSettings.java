package io.riacho.firehose.source.kafka;

import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.config.SaslConfigs;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** How Kafka's client is set: by assignment and offsets of our own, without a group, and with bounded memory. */
final class ConsumerSettings {

    private static final AtomicLong CLIENTS = new AtomicLong();

    private static final int MEBIBYTE = 1024 * 1024;
    private static final int FETCHED = 8 * MEBIBYTE;
    private static final int FETCHED_OF_PARTITION = MEBIBYTE / 2;
    private static final int RECORDS_AT_A_TIME = 200;
    private static final int LONGEST_RECONNECT_PAUSE = 10_000;

    private ConsumerSettings() {}

    static KafkaConsumer<byte[], byte[]> open(KafkaProperties.Cluster cluster, String name, Pace pace) {
        return new KafkaConsumer<>(of(cluster, name, pace), new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /** For questions that consumers cannot ask. It has a thread of its own: to be closed soon. */
    static Admin openAdmin(KafkaProperties.Cluster cluster, String name, Pace pace) {
        Map<String, Object> settings = connection(cluster, name);
        settings.put(AdminClientConfig.REQUEST_TIMEOUT_MS_CONFIG, (int)
                pace.patience().toMillis());
        settings.put(AdminClientConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int)
                pace.patience().toMillis());
        return Admin.create(settings);
    }

    private static Map<String, Object> of(KafkaProperties.Cluster cluster, String name, Pace pace) {
        Map<String, Object> settings = connection(cluster, name);
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        // Where a partition does not have an offset any more is for us to see, and to tell.
        settings.put(ConsumerConfig.AUTO_OFFSET_RESET_CONFIG, "none");
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.put(ConsumerConfig.FETCH_MAX_BYTES_CONFIG, FETCHED);
        settings.put(ConsumerConfig.MAX_PARTITION_FETCH_BYTES_CONFIG, FETCHED_OF_PARTITION);
        settings.put(ConsumerConfig.MAX_POLL_RECORDS_CONFIG, RECORDS_AT_A_TIME);
        settings.put(
                ConsumerConfig.METADATA_MAX_AGE_CONFIG, (int) pace.metadata().toMillis());
        return settings;
    }

    private static Map<String, Object> connection(KafkaProperties.Cluster cluster, String name) {
        Map<String, Object> settings = new HashMap<>();
        settings.put(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, cluster.bootstrapServers());
        settings.put(CommonClientConfigs.CLIENT_ID_CONFIG, "riacho-firehose-" + name + "-" + CLIENTS.incrementAndGet());
        settings.put(CommonClientConfigs.RECONNECT_BACKOFF_MAX_MS_CONFIG, LONGEST_RECONNECT_PAUSE);
        settings.put(CommonClientConfigs.METRIC_REPORTER_CLASSES_CONFIG, "");
        settings.put(CommonClientConfigs.ENABLE_METRICS_PUSH_CONFIG, false);
        settings.put(CommonClientConfigs.SECURITY_PROTOCOL_CONFIG, cluster.securityProtocol());
        if (cluster.saslMechanism() != null) {
            settings.put(SaslConfigs.SASL_MECHANISM, cluster.saslMechanism());
            settings.put(SaslConfigs.SASL_JAAS_CONFIG, login(cluster));
        }
        if (cluster.caFile() != null) {
            settings.put(SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG, "PEM");
            settings.put(
                    SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG, cluster.caFile().toString());
        }
        return settings;
    }

    private static String login(KafkaProperties.Cluster cluster) {
        String module = "PLAIN".equals(cluster.saslMechanism())
                ? "org.apache.kafka.common.security.plain.PlainLoginModule"
                : "org.apache.kafka.common.security.scram.ScramLoginModule";
        return module + " required username=" + quoted(cluster.username()) + " password=" + quoted(cluster.password())
                + ";";
    }

    private static String quoted(@Nullable String text) {
        return "\"" + String.valueOf(text).replace("\\", "\\\\").replace("\"", "\\\"") + "\"";
    }
}
