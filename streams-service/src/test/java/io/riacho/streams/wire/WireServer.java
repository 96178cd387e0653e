package io.riacho.streams.wire;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.log.EmbeddedShardLog;
import io.riacho.postgres.TestPostgres;
import io.riacho.protocol.tls.TlsListener;
import io.riacho.streams.StreamsConfiguration;
import io.riacho.streams.TestKeyService;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.DriverManagerDataSource;
import org.springframework.util.FileSystemUtils;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.dataformat.cbor.CBORMapper;

/**
 * A running server of Kinesis Data Streams over a real log and a real PostgreSQL, and a client that sends it raw signed
 * requests.
 */
final class WireServer {

    static final String ACCOUNT = "123456789012";
    static final String REGION = "eu-central-1";

    /** Given other limits than the rest, to see them throttle. */
    static final String THROTTLED_STREAM = "throttled";

    private static final JsonMapper MAPPER = JsonMapper.builder().build();
    private static final CBORMapper CBOR = CBORMapper.builder().build();
    private static final Duration PATIENCE = Duration.ofSeconds(45);
    private static final AtomicInteger NAMES = new AtomicInteger();

    private final TestClock clock = new TestClock();
    private final TestUsers users = new TestUsers(ACCOUNT);
    private final URI endpoint;
    private final WireClient client;
    private final Path folder;
    private final JdbcClient jdbc;
    private final ConfigurableApplicationContext context;

    private WireServer(String... properties) {
        folder = temporaryFolder();
        TestPostgres.Database database = TestPostgres.newDatabase();
        jdbc = JdbcClient.create(new DriverManagerDataSource(database.url(), database.user(), database.password()));
        List<String> arguments = new ArrayList<>(List.of(
                "--spring.config.name=streams-service",
                "--server.port=0",
                "--riacho.data=" + folder,
                "--riacho.account-id=" + ACCOUNT,
                "--riacho.region=" + REGION,
                "--spring.datasource.url=" + database.url(),
                "--spring.datasource.username=" + database.user(),
                "--spring.datasource.password=" + database.password()));
        arguments.addAll(List.of(properties));
        SpringApplication application = new SpringApplication(Application.class);
        application.addInitializers(started -> {
            started.getBeanFactory().registerSingleton("testClock", (InstantSource) clock);
            started.getBeanFactory().registerSingleton("testUsers", users);
        });
        context = application.run(arguments.toArray(String[]::new));
        Runtime.getRuntime().addShutdownHook(new Thread(() -> delete(folder, context)));
        endpoint = URI.create("http://127.0.0.1:" + context.getEnvironment().getProperty("local.server.port"));
        client = new WireClient(endpoint, REGION);
    }

    /** The server that tests share: its streams change their states at once, and its shards may be read often. */
    static WireServer shared() {
        return Shared.SERVER;
    }

    /** A server whose streams stay in their states long enough to be seen there. */
    static WireServer slow() {
        return Slow.SERVER;
    }

    /** A server whose subscriptions are told of everything soon, and may be taken over at once. Nothing is limited. */
    static WireServer fanOut() {
        return FanOut.SERVER;
    }

    /** A server that its test stops. */
    static WireServer ofItsOwn(String... properties) {
        return new WireServer(properties);
    }

    /** Stops the server; its folder and its database stay for a while. */
    void stop() {
        context.close();
    }

    /** Where its data lies. */
    Path folder() {
        return folder;
    }

    TestKeyService kms() {
        return context.getBean(TestKeyService.class);
    }

    EmbeddedShardLog log() {
        return context.getBean(EmbeddedShardLog.class);
    }

    JdbcClient jdbc() {
        return jdbc;
    }

    TestClock clock() {
        return clock;
    }

    TestUsers users() {
        return users;
    }

    <T> T bean(String name, Class<T> type) {
        return context.getBean(name, type);
    }

    URI endpoint() {
        return endpoint;
    }

    /** Sends the request in JSON. */
    WireAnswer call(String operation, String json) {
        return call(operation, "application/x-amz-json-1.1", json.getBytes(StandardCharsets.UTF_8));
    }

    /** Sends the request in JSON, with its members as name, value, name, value. */
    WireAnswer call(String operation, Object... members) {
        return call(operation, object(members));
    }

    WireAnswer call(String operation, Map<String, Object> members) {
        return call(operation, MAPPER.writeValueAsString(members));
    }

    /** Sends the request in JSON as that user. */
    WireAnswer callAs(TestUsers.User user, String operation, Map<String, Object> members) {
        byte[] body = MAPPER.writeValueAsBytes(members);
        return call(user, operation, "application/x-amz-json-1.1", body);
    }

    WireAnswer callAs(TestUsers.User user, String operation, String json) {
        return call(user, operation, WireClient.JSON, json.getBytes(StandardCharsets.UTF_8));
    }

    WireAnswer call(String operation, String contentType, byte[] body) {
        return call(users.root(), operation, contentType, body);
    }

    private WireAnswer call(TestUsers.User user, String operation, String contentType, byte[] body) {
        return client.call(user.accessKeyId(), user.secretKey(), operation, contentType, body);
    }

    /** Sends the request; what is answered is read as it comes. */
    HttpResponse<InputStream> open(TestUsers.User user, String operation, String contentType, byte[] body) {
        return client.open(user.accessKeyId(), user.secretKey(), operation, contentType, body);
    }

    /** Subscribes over HTTP/1.1 in JSON. */
    HttpResponse<InputStream> subscribe(TestUsers.User user, String consumer, String shard, Map<String, Object> from) {
        byte[] body =
                MAPPER.writeValueAsBytes(object("ConsumerARN", consumer, "ShardId", shard, "StartingPosition", from));
        return open(user, "SubscribeToShard", "application/x-amz-json-1.1", body);
    }

    /** The answer to a subscription, without its body where it has begun. */
    WireAnswer subscribed(String consumer, String shard) {
        HttpResponse<InputStream> answer = subscribe(users.root(), consumer, shard, object("Type", "LATEST"));
        try (InputStream body = answer.body()) {
            byte[] read = answer.statusCode() == 200 ? new byte[0] : body.readAllBytes();
            return new WireAnswer("SubscribeToShard " + consumer, answer.statusCode(), answer.headers(), read);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    WireAnswer callCbor(String operation, Object... members) {
        return call(operation, "application/x-amz-cbor-1.1", CBOR.writeValueAsBytes(object(members)));
    }

    /** A name that no stream of any test has. */
    static String newName() {
        return "stream-" + NAMES.incrementAndGet();
    }

    /** Creates a provisioned stream; gives its name when it is ACTIVE. */
    String createStream(int shards) {
        return createStream("ShardCount", shards);
    }

    String createStream(Object... members) {
        String name = newName();
        Map<String, Object> request = object(members);
        request.put("StreamName", name);
        call("CreateStream", request).isEmpty();
        awaitActive(name);
        return name;
    }

    JsonNode describe(String stream) {
        return call("DescribeStream", "StreamName", stream).json().path("StreamDescription");
    }

    JsonNode summary(String stream) {
        return call("DescribeStreamSummary", "StreamName", stream).json().path("StreamDescriptionSummary");
    }

    List<JsonNode> shards(String stream) {
        return List.copyOf(
                call("ListShards", "StreamName", stream).json().path("Shards").values());
    }

    static String arn(String stream) {
        return "arn:aws:kinesis:" + REGION + ":" + ACCOUNT + ":stream/" + stream;
    }

    void awaitActive(String stream) {
        await(() -> summary(stream).path("StreamStatus").asString().equals("ACTIVE"));
    }

    void awaitGone(String stream) {
        await(() ->
                call("DescribeStreamSummary", "StreamName", stream).errorType().equals("ResourceNotFoundException"));
    }

    /** Registers a consumer; gives its ARN when it is ACTIVE. */
    String registerConsumer(String stream, String name) {
        String consumer = call("RegisterStreamConsumer", "StreamARN", arn(stream), "ConsumerName", name)
                .json()
                .path("Consumer")
                .path("ConsumerARN")
                .asString();
        await(() -> consumer(consumer).path("ConsumerStatus").asString().equals("ACTIVE"));
        return consumer;
    }

    JsonNode consumer(String arn) {
        return call("DescribeStreamConsumer", "ConsumerARN", arn).json().path("ConsumerDescription");
    }

    String iterator(String stream, String shard, String type, Object... more) {
        Map<String, Object> request = object(more);
        request.put("StreamName", stream);
        request.put("ShardId", shard);
        request.put("ShardIteratorType", type);
        return call("GetShardIterator", request).json().path("ShardIterator").asString();
    }

    JsonNode getRecords(String iterator) {
        return call("GetRecords", "ShardIterator", iterator).json();
    }

    /** Puts a record without data; gives the answer. */
    JsonNode put(String stream, String key) {
        return call("PutRecord", "StreamName", stream, "PartitionKey", key, "Data", "")
                .json();
    }

    static Map<String, Object> object(Object... members) {
        Map<String, Object> object = new java.util.LinkedHashMap<>();
        for (int i = 0; i < members.length; i += 2) {
            object.put((String) members[i], members[i + 1]);
        }
        return object;
    }

    /** A signed subscription in JSON, to the HTTPS port. */
    HttpRequest subscriptionOverTls(String consumer, String shard) {
        byte[] body = MAPPER.writeValueAsBytes(
                object("ConsumerARN", consumer, "ShardId", shard, "StartingPosition", object("Type", "LATEST")));
        URI https = URI.create(
                "https://localhost:" + context.getBean(TlsListener.class).port());
        TestUsers.User root = users.root();
        return client.request(https, root.accessKeyId(), root.secretKey(), "SubscribeToShard", WireClient.JSON, body);
    }

    static void await(java.util.function.BooleanSupplier condition) {
        await(PATIENCE, condition);
    }

    static void await(Duration patience, java.util.function.BooleanSupplier condition) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("time to give up").isLessThan(deadline);
            try {
                Thread.sleep(2);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("riacho-wire");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path folder, ConfigurableApplicationContext context) {
        context.close();
        FileSystemUtils.deleteRecursively(folder.toFile());
    }

    private static final class Shared {
        static final WireServer SERVER = new WireServer(
                "--riacho.streams.transition=1ms",
                "--riacho.streams.limits.read-calls-per-second=100000",
                "--riacho.streams.limits.read-bytes-per-second=1000000000",
                "--riacho.streams.limits.write-bytes-per-second=1000000000",
                "--riacho.streams.limits.streams." + THROTTLED_STREAM + ".read-calls-per-second=5",
                "--riacho.streams.limits.streams." + THROTTLED_STREAM + ".write-records-per-second=10");
    }

    private static final class FanOut {
        static final WireServer SERVER = new WireServer(
                "--riacho.streams.transition=1ms",
                "--riacho.streams.limits.enabled=false",
                "--riacho.streams.fan-out.heartbeat=200ms",
                "--riacho.streams.fan-out.takeover=0s",
                "--riacho.streams.fan-out.recheck=100ms");
    }

    private static final class Slow {
        static final WireServer SERVER = new WireServer(
                "--riacho.streams.transition=3s", "--riacho.rest.cors.allowed-origins=https://console.example");
    }

    @SpringBootConfiguration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(StreamsConfiguration.class)
    static class Application {
        /** @param seed what its keys are made from, so that they are the same after a restart */
        @Bean
        TestKeyService kms(@Value("${test.kms-seed:#{null}}") @Nullable Long seed) {
            return seed == null ? new TestKeyService() : new TestKeyService(seed);
        }
    }
}
