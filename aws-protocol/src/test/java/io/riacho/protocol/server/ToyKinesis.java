package io.riacho.protocol.server;

import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.policy.PolicySet;
import io.riacho.policy.Principal;
import io.riacho.protocol.AwsApi;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;
import io.riacho.protocol.PrivateEndpoint;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.SigningKeys;
import io.riacho.protocol.endpoint.PrivateEndpoints;
import io.riacho.protocol.signature.RootSigningKeys;
import io.riacho.protocol.tls.TlsListener;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.web.server.context.WebServerApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.util.FileSystemUtils;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryRequest;
import software.amazon.awssdk.services.kinesis.model.DescribeStreamSummaryResponse;
import software.amazon.awssdk.services.kinesis.model.ListStreamsRequest;
import software.amazon.awssdk.services.kinesis.model.ListStreamsResponse;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamRequest;
import software.amazon.awssdk.services.kinesis.model.ListTagsForStreamResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResponse;
import software.amazon.awssdk.services.kinesis.model.PutRecordsResultEntry;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;
import software.amazon.awssdk.services.kinesis.model.Tag;

/** A server with a few operations of Kinesis that keep nothing. */
final class ToyKinesis implements AutoCloseable {

    static final String ACCESS_KEY = "AKIDEXAMPLE";
    static final String SECRET_KEY = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY";
    /** The access key of a user who may do anything but describe streams. */
    static final String USER_KEY = "AKIDUSER";

    static final Caller USER = new Caller(
            Principal.user("arn:aws:iam::000000000000:user/ann"),
            "AIDAANN",
            Map.of(),
            PolicySet.ofIdentity(List.of(new NamedPolicy("little", PolicyDocument.parse("""
                            {"Version": "2012-10-17", "Statement": [
                              {"Effect": "Allow", "Action": "kinesis:*", "Resource": "*"},
                              {"Sid": "NoDescribing", "Effect": "Deny",
                               "Action": "kinesis:DescribeStreamSummary", "Resource": "*"}]}
                            """, PolicyKind.IDENTITY)))));
    static final Instant CREATED = Instant.parse("2026-03-15T07:58:30.123Z");

    private final ConfigurableApplicationContext context;
    private final Path data;

    ToyKinesis(String... properties) {
        data = temporaryFolder();
        context = new SpringApplicationBuilder(App.class)
                .web(WebApplicationType.SERVLET)
                .properties(
                        "server.port=0",
                        "server.address=127.0.0.1",
                        "spring.main.banner-mode=off",
                        "spring.jmx.enabled=false",
                        "riacho.data=" + data)
                .properties(properties)
                .run();
    }

    public static void main(String[] args) {
        ToyKinesis toy = new ToyKinesis(args);
        System.out.println("listening on " + toy.port());
    }

    int port() {
        return Objects.requireNonNull(((WebServerApplicationContext) context).getWebServer())
                .getPort();
    }

    int tlsPort() {
        return bean(TlsListener.class).port();
    }

    int endpointPort(String id) {
        return bean(PrivateEndpoints.class).port(id);
    }

    /** The data folder, where none is configured. */
    Path data() {
        return data;
    }

    <T> T bean(Class<T> type) {
        return context.getBean(type);
    }

    /** Memory is given back just after the answer is sent, so there is a moment to wait for. */
    void awaitAllBodyMemoryFree() throws InterruptedException {
        long all = bean(ProtocolProperties.class).protocol().bodyMemoryBytes() / 1024 * 1024;
        while (bean(BodyMemory.class).freeBytes() != all) {
            Thread.sleep(1);
        }
    }

    @Override
    public void close() {
        context.close();
        FileSystemUtils.deleteRecursively(data.toFile());
    }

    private static Path temporaryFolder() {
        try {
            return Files.createTempDirectory("riacho-toy");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void check(String operation, SdkPojo input, RequestContext context) {
        context.require(Permission.of("kinesis:" + operation, "*", context.accountId()));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    @Import(AwsProtocolConfiguration.class)
    static class App {

        @Bean
        SigningKeys signingKeys() {
            SigningKeys root = new RootSigningKeys(ACCESS_KEY, SECRET_KEY, "000000000000");
            SigningKeys user = new RootSigningKeys(USER_KEY, SECRET_KEY, "000000000000");
            return (id, token, date, region, service) -> id.equals(USER_KEY)
                    ? user.find(id, token, date, region, service)
                            .map(key -> new SigningKeys.SigningKey(key.key(), USER))
                    : root.find(id, token, date, region, service);
        }

        @Bean
        AwsApi kinesis(ObjectProvider<BodyMemory> bodies) {
            return AwsApi.of("kinesis", ToyKinesis::check, new Operations())
                    .with("PutRecord", (request, response) -> {
                        request.context().requireNothing();
                        PutRecordRequest put = request.decode(PutRecordRequest.class);
                        response.send(PutRecordResponse.builder()
                                .shardId("shardId-000000000000")
                                .sequenceNumber(Integer.toString(put.data().asByteArrayUnsafe().length))
                                .build());
                    })
                    .with("SubscribeToShard", (request, response) -> {
                        SubscribeToShardRequest asked = request.decode(SubscribeToShardRequest.class);
                        RequestContext context = request.context();
                        switch (asked.shardId()) {
                            case "refused" -> throw AwsException.badRequest("ResourceInUseException", "In use.");
                            case "undecided" -> {}
                            default -> context.requireNothing();
                        }
                        // What the body held is used again by then, and the caller may be another.
                        response.stream(
                                "application/x-toy",
                                out -> out.write((asked.shardId()
                                                + ' '
                                                + context.renewed().principalArn()
                                                + ' '
                                                + bodies.getObject().freeBytes())
                                        .getBytes(StandardCharsets.UTF_8)));
                    })
                    .with("GetRecords", (request, response) -> {
                        request.context().requireNothing();
                        byte[] body = new byte[2];
                        try (var out = response.body(2)) {
                            body[0] = request.format() == io.riacho.protocol.WireFormat.JSON ? (byte) '{' : (byte) 0xBF;
                            body[1] = request.format() == io.riacho.protocol.WireFormat.JSON ? (byte) '}' : (byte) 0xFF;
                            out.write(body);
                        }
                    });
        }
    }

    /** Public, because operations are public methods. */
    public static final class Operations {

        public ListStreamsResponse listStreams(ListStreamsRequest request, RequestContext context) {
            return ListStreamsResponse.builder()
                    .streamNames(context.accountId(), context.region(), context.principalArn())
                    .hasMoreStreams(false)
                    .build();
        }

        public void createStream(CreateStreamRequest request) {
            switch (request.streamName()) {
                case "taken" ->
                    throw AwsException.badRequest(
                            "ResourceInUseException", "Stream taken under account 000000000000 already exists.");
                case "broken" -> throw new IllegalStateException("broken on purpose");
                default -> {}
            }
        }

        /** Tells how the request came. */
        public ListTagsForStreamResponse listTagsForStream(ListTagsForStreamRequest request, RequestContext context) {
            PrivateEndpoint endpoint = context.connection().endpoint();
            return ListTagsForStreamResponse.builder()
                    .tags(
                            tag("secure", Boolean.toString(context.connection().secure())),
                            tag("endpoint", endpoint == null ? "" : endpoint.id()),
                            tag("vpc", endpoint == null || endpoint.vpc() == null ? "" : endpoint.vpc()))
                    .hasMoreTags(false)
                    .build();
        }

        private static Tag tag(String key, String value) {
            return Tag.builder().key(key).value(value).build();
        }

        public DescribeStreamSummaryResponse describeStreamSummary(DescribeStreamSummaryRequest request) {
            return DescribeStreamSummaryResponse.builder()
                    .streamDescriptionSummary(summary -> summary.streamName(request.streamName())
                            .streamCreationTimestamp(CREATED)
                            .retentionPeriodHours(24)
                            .enhancedMonitoring(List.of()))
                    .build();
        }

        public PutRecordsResponse putRecords(PutRecordsRequest request) {
            return PutRecordsResponse.builder()
                    .failedRecordCount(0)
                    .records(request.records().stream()
                            .map(entry -> PutRecordsResultEntry.builder()
                                    .shardId("shardId-000000000000")
                                    .sequenceNumber(
                                            Integer.toString(entry.data().asByteArrayUnsafe().length))
                                    .build())
                            .toList())
                    .build();
        }
    }
}
