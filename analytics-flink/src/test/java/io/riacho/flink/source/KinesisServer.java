package io.riacho.flink.source;

import static org.awaitility.Awaitility.await;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.postgres.TestPostgres;
import io.riacho.protocol.Caller;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.signature.RootSigningKeys;
import io.riacho.streams.StreamsConfiguration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Import;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.http.nio.netty.NettyNioAsyncHttpClient;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.kinesis.KinesisAsyncClient;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequestEntry;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.Record;
import software.amazon.awssdk.services.kinesis.model.Shard;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** A running server of Kinesis Data Streams over a real log and a real PostgreSQL, and clients of it. */
public final class KinesisServer {

    public static final String ACCOUNT = "123456789012";
    public static final String REGION = "eu-central-1";

    /** A stream of this name takes few records a second. */
    public static final String THROTTLED = "throttled";

    private static final AtomicInteger NAMES = new AtomicInteger();
    private static final int BATCH = 500;

    private final Users users = new Users();
    private final ConfigurableApplicationContext context;
    private final URI endpoint;
    private final KinesisAsyncClient client;

    private KinesisServer() {
        TestPostgres.Database database = TestPostgres.newDatabase();
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(started -> started.getBeanFactory().registerSingleton("users", users));
        context = application.run(
                "--spring.config.name=streams-service",
                "--server.port=0",
                "--riacho.data=" + newFolder(),
                "--riacho.account-id=" + ACCOUNT,
                "--riacho.region=" + REGION,
                "--riacho.streams.transition=1ms",
                "--riacho.streams.limits.read-calls-per-second=100000",
                "--riacho.streams.limits.read-bytes-per-second=1000000000",
                "--riacho.streams.limits.write-bytes-per-second=1000000000",
                "--riacho.streams.limits.write-records-per-second=1000000",
                "--riacho.streams.limits.streams." + THROTTLED + ".write-records-per-second=60",
                "--riacho.streams.fan-out.heartbeat=200ms",
                "--riacho.streams.fan-out.takeover=0s",
                "--riacho.streams.fan-out.recheck=100ms",
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password());
        endpoint = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        client = KinesisAsyncClient.builder()
                .endpointOverride(endpoint)
                .region(Region.of(REGION))
                .credentialsProvider(StaticCredentialsProvider.create(root()))
                .httpClientBuilder(NettyNioAsyncHttpClient.builder())
                .build();
    }

    /** The server that tests share. */
    public static KinesisServer shared() {
        return Shared.SERVER;
    }

    static Path newFolder() {
        try {
            return Files.createTempDirectory(Files.createDirectories(Path.of("target", "flink")), "folder")
                    .toAbsolutePath();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public URI endpoint() {
        return endpoint;
    }

    public AwsBasicCredentials root() {
        return users.root;
    }

    /** A user whose identity policy has these statements. */
    public AwsBasicCredentials user(String statements) {
        return users.with(statements);
    }

    public KinesisAsyncClient client() {
        return client;
    }

    /** The options of a table with the format JSON, as root. */
    public String options(String stream, String... more) {
        StringBuilder options = new StringBuilder("'connector' = 'kinesis', 'stream.arn' = '" + arn(stream)
                + "', 'aws.endpoint' = '" + endpoint + "', 'aws.credentials.basic.accesskeyid' = '"
                + root().accessKeyId() + "', 'aws.credentials.basic.secretkey' = '"
                + root().secretAccessKey() + "'");
        for (int i = 0; i < more.length; i += 2) {
            options.append(", '")
                    .append(more[i])
                    .append("' = '")
                    .append(more[i + 1])
                    .append('\'');
        }
        return options.toString();
    }

    public static String arn(String stream) {
        return "arn:aws:kinesis:" + REGION + ":" + ACCOUNT + ":stream/" + stream;
    }

    /** An ACTIVE stream. */
    public String newStream(int shards) {
        return newStream("stream-" + NAMES.incrementAndGet(), shards);
    }

    public String newStream(String name, int shards) {
        client.createStream(request -> request.streamName(name).shardCount(shards))
                .join();
        awaitActive(name);
        return name;
    }

    public void awaitActive(String stream) {
        await().atMost(Duration.ofSeconds(60))
                .pollInterval(Duration.ofMillis(20))
                .until(() -> client.describeStreamSummary(request -> request.streamName(stream))
                        .join()
                        .streamDescriptionSummary()
                        .streamStatusAsString()
                        .equals("ACTIVE"));
    }

    public List<Shard> openShards(String stream) {
        return client.listShards(request -> request.streamName(stream)).join().shards().stream()
                .filter(shard -> shard.sequenceNumberRange().endingSequenceNumber() == null)
                .toList();
    }

    public void put(String stream, String key, byte[] data) {
        client.putRecord(request -> request.streamName(stream).partitionKey(key).data(SdkBytes.fromByteArray(data)))
                .join();
    }

    public void put(String stream, String json) {
        put(stream, "key", json.getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    /** {@code {"id":n}} for each number of the range, each with a key of its own. */
    public void putIds(String stream, int from, int to) {
        for (int first = from; first < to; first += BATCH) {
            List<PutRecordsRequestEntry> entries = IntStream.range(first, Math.min(first + BATCH, to))
                    .mapToObj(id -> PutRecordsRequestEntry.builder()
                            .partitionKey("key-" + id)
                            .data(SdkBytes.fromUtf8String("{\"id\":" + id + "}"))
                            .build())
                    .toList();
            PutRecordsResponse answer = client.putRecords(
                            request -> request.streamName(stream).records(entries))
                    .join();
            if (answer.failedRecordCount() > 0) {
                throw new IllegalStateException("not all records were taken");
            }
        }
    }

    /** All records of a stream, read from its oldest ones, shard by shard. */
    public List<Record> records(String stream) {
        List<Record> records = new ArrayList<>();
        for (Shard shard :
                client.listShards(request -> request.streamName(stream)).join().shards()) {
            @Nullable
            String iterator = client.getShardIterator(request -> request.streamName(stream)
                            .shardId(shard.shardId())
                            .shardIteratorType(ShardIteratorType.TRIM_HORIZON))
                    .join()
                    .shardIterator();
            while (iterator != null) {
                String at = iterator;
                var answer =
                        client.getRecords(request -> request.shardIterator(at)).join();
                records.addAll(answer.records());
                iterator = answer.records().isEmpty() && answer.millisBehindLatest() == 0
                        ? null
                        : answer.nextShardIterator();
            }
        }
        return records;
    }

    public List<String> texts(String stream) {
        return records(stream).stream()
                .map(record -> record.data().asUtf8String())
                .toList();
    }

    private static final class Shared {
        static final KinesisServer SERVER = new KinesisServer();
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(StreamsConfiguration.class)
    static class Application {}

    /** Users with an access key each; the account's root is the first. */
    private static final class Users implements SigningKeys {

        private final Map<String, Caller> byKey = new ConcurrentHashMap<>();
        private final AwsBasicCredentials root = add(Caller.root(ACCOUNT));

        AwsBasicCredentials with(String statements) {
            String name = "user-" + byKey.size();
            String policy = "{\"Version\":\"2012-10-17\",\"Statement\":[" + statements + "]}";
            return add(new Caller(
                    Principal.user("arn:aws:iam::" + ACCOUNT + ":user/" + name),
                    "AIDA" + byKey.size(),
                    Map.of("aws:username", List.of(name)),
                    PolicySet.ofIdentity(
                            List.of(new NamedPolicy("policy", PolicyDocument.parse(policy, PolicyKind.IDENTITY))))));
        }

        @Override
        public Optional<SigningKey> find(
                String accessKeyId, @Nullable String sessionToken, LocalDate date, String region, String service) {
            Caller caller = byKey.get(accessKeyId);
            return caller == null
                    ? Optional.empty()
                    : new RootSigningKeys(accessKeyId, "secret of " + accessKeyId, ACCOUNT)
                            .find(accessKeyId, null, date, region, service)
                            .map(found -> new SigningKey(found.key(), caller));
        }

        private AwsBasicCredentials add(Caller caller) {
            String key = "AKIATEST" + byKey.size();
            byKey.put(key, caller);
            return AwsBasicCredentials.create(key, "secret of " + key);
        }
    }
}
