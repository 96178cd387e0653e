package io.riacho.protocol.fuzz;

import io.riacho.protocol.AwsException;
import io.riacho.protocol.WireFormat;
import io.riacho.protocol.model.Constraints;
import io.riacho.protocol.model.ServiceModel;
import io.riacho.protocol.query.QueryForm;
import io.riacho.protocol.query.QueryReader;
import io.riacho.protocol.shape.ShapeReader;
import io.riacho.protocol.shape.ShapeWriter;
import io.riacho.protocol.signature.Authenticator;
import io.riacho.protocol.signature.RequestHead;
import io.riacho.protocol.signature.RootSigningKeys;
import io.riacho.protocol.signature.SignatureAuthenticator;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.core.SdkPojo;
import software.amazon.awssdk.services.iam.model.CreateUserRequest;
import software.amazon.awssdk.services.iam.model.ListUsersRequest;
import software.amazon.awssdk.services.iam.model.SimulateCustomPolicyRequest;
import software.amazon.awssdk.services.iam.model.UntagUserRequest;
import software.amazon.awssdk.services.kinesis.model.AddTagsToStreamRequest;
import software.amazon.awssdk.services.kinesis.model.CreateStreamRequest;
import software.amazon.awssdk.services.kinesis.model.GetShardIteratorRequest;
import software.amazon.awssdk.services.kinesis.model.ListShardsRequest;
import software.amazon.awssdk.services.kinesis.model.PutRecordsRequest;
import software.amazon.awssdk.services.kinesis.model.SubscribeToShardRequest;

/** A parser that takes bytes from anywhere: it may accept them or throw an {@link AwsException}, and nothing else. */
enum Target {
    JSON {
        @Override
        boolean accepts(byte[] input) {
            return reads(input, WireFormat.JSON);
        }

        @Override
        List<byte[]> seeds() {
            return SEEDS.stream().map(seed -> written(seed, WireFormat.JSON)).toList();
        }
    },

    CBOR {
        @Override
        boolean accepts(byte[] input) {
            return reads(input, WireFormat.CBOR);
        }

        @Override
        List<byte[]> seeds() {
            return SEEDS.stream().map(seed -> written(seed, WireFormat.CBOR)).toList();
        }
    },

    /** The body of a Query request. */
    FORM {
        @Override
        boolean accepts(byte[] input) {
            boolean accepted = false;
            for (var shape : FORMS.entrySet()) {
                try {
                    SdkPojo value = QUERY_READER.read(shape.getValue(), QueryForm.parse(input, input.length));
                    IAM.check(shape.getKey(), value);
                    accepted = true;
                } catch (AwsException e) {
                    if (e.status() != 400 && e.status() != 404) {
                        throw new AssertionError("not the caller's fault", e);
                    }
                }
            }
            return accepted;
        }

        @Override
        List<byte[]> seeds() {
            return List.of(
                    latin1("Action=CreateUser&Version=2010-05-08&UserName=u&Path=%2Fa%2F&Tags.member.1.Key=k"
                            + "&Tags.member.1.Value=v+w&Tags.member.2.Key=%C3%A4&Tags.member.2.Value="),
                    latin1("Action=UntagUser&Version=2010-05-08&UserName=u&TagKeys.member.1=a&TagKeys.member.2=b"),
                    latin1("Action=ListUsers&Version=2010-05-08&MaxItems=10&PathPrefix=%2F&Marker=m"),
                    latin1("Action=SimulateCustomPolicy&Version=2010-05-08&PolicyInputList.member.1=%7B%7D"
                            + "&ActionNames.member.1=kinesis%3APutRecord&ContextEntries.member.1.ContextKeyName=aws%3Aa"
                            + "&ContextEntries.member.1.ContextKeyValues.member.1=x"
                            + "&ContextEntries.member.1.ContextKeyType=string"));
        }
    },

    /** Four lines: Authorization, X-Amz-Date, the query, the path. An empty one is absent. */
    AUTHORIZATION {
        @Override
        boolean accepts(byte[] input) {
            String[] lines = Arrays.copyOf(new String(input, StandardCharsets.ISO_8859_1).split("\n", 4), 4);
            try {
                Optional<Authenticator.Claim> claim = AUTHENTICATOR.claim(new Head(lines), "kinesis");
                if (claim.isEmpty()) {
                    return false;
                }
                claim.get().verify(new byte[32]);
                return true;
            } catch (AwsException e) {
                return false;
            }
        }

        @Override
        List<byte[]> seeds() {
            String credential = "AKIDEXAMPLE/20260315/us-east-1/kinesis/aws4_request";
            return List.of(
                    latin1("AWS4-HMAC-SHA256 Credential=" + credential
                            + ", SignedHeaders=host;x-amz-date, Signature=abcdef\n20260315T075830Z\n\n/"),
                    latin1(
                            "AWS4-HMAC-SHA256 Credential=" + credential
                                    + ",SignedHeaders=host;date,Signature=b\nSun, 15 Mar 2026 07:58:30 GMT\na=b&%C3%A4=+\n/a/../b"),
                    latin1("\n\nX-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=" + credential.replace("/", "%2F")
                            + "&X-Amz-Date=20260315T075830Z&X-Amz-Expires=60&X-Amz-SignedHeaders=host"
                            + "&X-Amz-Signature=ab\n/"));
        }
    };

    private static final Map<String, Class<? extends SdkPojo>> SHAPES = Map.of(
            "PutRecords", PutRecordsRequest.class,
            "AddTagsToStream", AddTagsToStreamRequest.class,
            "GetShardIterator", GetShardIteratorRequest.class,
            "ListShards", ListShardsRequest.class,
            "SubscribeToShard", SubscribeToShardRequest.class,
            "CreateStream", CreateStreamRequest.class);
    private static final List<SdkPojo> SEEDS = List.of(
            PutRecordsRequest.builder()
                    .streamName("s")
                    .records(record -> record.data(SdkBytes.fromUtf8String("hello"))
                            .partitionKey("k")
                            .explicitHashKey("1"))
                    .build(),
            AddTagsToStreamRequest.builder().tags(Map.of("a", "b")).build(),
            GetShardIteratorRequest.builder()
                    .shardId("shardId-000000000000")
                    .shardIteratorType("AT_TIMESTAMP")
                    .timestamp(Instant.ofEpochMilli(1773561510123L))
                    .build(),
            ListShardsRequest.builder()
                    .shardFilter(filter -> filter.type("AT_LATEST"))
                    .maxResults(10)
                    .build(),
            SubscribeToShardRequest.builder()
                    .consumerARN("arn:aws:kinesis:us-east-1:000000000000:stream/s/consumer/c:1")
                    .shardId("s")
                    .startingPosition(position -> position.type("LATEST"))
                    .build(),
            CreateStreamRequest.builder()
                    .streamName("s")
                    .shardCount(1)
                    .streamModeDetails(mode -> mode.streamMode("ON_DEMAND"))
                    .build());
    private static final Map<String, Class<? extends SdkPojo>> FORMS = Map.of(
            "CreateUser", CreateUserRequest.class,
            "UntagUser", UntagUserRequest.class,
            "ListUsers", ListUsersRequest.class,
            "SimulateCustomPolicy", SimulateCustomPolicyRequest.class);
    private static final QueryReader QUERY_READER = new QueryReader();
    private static final Constraints IAM = Constraints.of(ServiceModel.load("iam"));
    private static final ShapeReader READER = new ShapeReader();
    private static final Constraints CONSTRAINTS = Constraints.of(ServiceModel.load("kinesis"));
    private static final SignatureAuthenticator AUTHENTICATOR = new SignatureAuthenticator(
            new RootSigningKeys("AKIDEXAMPLE", "secret", "000000000000"),
            "us-east-1",
            Clock.fixed(Instant.parse("2026-03-15T07:58:30Z"), ZoneOffset.UTC));

    /** Whether the input is fine; where it is not, an AwsException was thrown. */
    abstract boolean accepts(byte[] input);

    abstract List<byte[]> seeds();

    private static boolean reads(byte[] input, WireFormat format) {
        boolean accepted = false;
        for (var shape : SHAPES.entrySet()) {
            try {
                SdkPojo value = READER.read(shape.getValue(), format, input, 0, input.length);
                CONSTRAINTS.check(shape.getKey(), value);
                accepted = true;
            } catch (AwsException e) {
                if (e.status() != 400) {
                    throw new AssertionError("not the caller's fault", e);
                }
            }
        }
        return accepted;
    }

    private static byte[] written(SdkPojo value, WireFormat format) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new ShapeWriter().write(value, format, out);
        return out.toByteArray();
    }

    private static byte[] latin1(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private record Head(@Nullable String[] lines) implements RequestHead {

        @Override
        public String method() {
            return "POST";
        }

        @Override
        public String path() {
            String path = line(3);
            return path == null ? "/" : path;
        }

        @Override
        public @Nullable String query() {
            return line(2);
        }

        @Override
        public @Nullable String header(String name) {
            return switch (name) {
                case "authorization" -> line(0);
                case "x-amz-date", "date" -> line(1);
                case "host" -> "127.0.0.1";
                default -> null;
            };
        }

        @Override
        public List<String> headers(String name) {
            String value = header(name);
            return value == null ? List.of() : List.of(value);
        }

        private @Nullable String line(int index) {
            String line = lines[index];
            return line == null || line.isEmpty() ? null : line;
        }
    }
}
