package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.kinesis.KinesisClient;
import software.amazon.awssdk.services.kinesis.model.KinesisException;
import software.amazon.awssdk.services.kinesis.model.ResourceNotFoundException;
import software.amazon.awssdk.services.kinesis.model.ShardIteratorType;

/** Each line of {@code policy-cases.txt}: a user with these policies asks, and is told what the line says. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class PolicyMatrixTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    private static final String SHARD = "shardId-000000000000";

    /** What the names of this run's streams begin with. */
    private final String prefix = "matrix-" + UUID.randomUUID().toString().substring(0, 8) + "-";

    private final List<Runnable> cleanUp = new ArrayList<>();
    private KinesisClient root;
    private IamClient iam;

    /** One line. */
    record Case(String identity, String boundary, String operation, String stream, String expected) {

        static Case parse(String line) {
            String[] columns = line.split(" \\| ", 3);
            String[] policies = columns[0].split(" ; ", 2);
            String[] question = columns[1].split(" ", 2);
            return new Case(policies[0], policies.length > 1 ? policies[1] : "", question[0], question[1], columns[2]);
        }
    }

    static Stream<Case> cases() throws IOException {
        return Files.readAllLines(Path.of("src/test/resources/policy-cases.txt"), StandardCharsets.UTF_8).stream()
                .filter(line -> !line.startsWith("#"))
                .map(Case::parse);
    }

    @BeforeAll
    void streamsOfTwoTeams() {
        Target target = SERVER.target();
        root = JavaClients.urlConnection(target);
        makeStream(target, "red");
        makeStream(target, "blue");
        iam = JavaClients.iam(target);
    }

    private void makeStream(Target target, String team) {
        root.createStream(
                stream -> stream.streamName(prefix + team).shardCount(1).tags(Map.of("team", team)));
        cleanUp.add(() -> root.deleteStream(stream -> stream.streamName(prefix + team)));
        try (TestStreams streams = new TestStreams(target)) {
            streams.awaitActive(prefix + team);
        }
    }

    @AfterAll
    void clean() {
        cleanUp.reversed().forEach(Runnable::run);
        root.close();
        iam.close();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aUserIsTold(Case asked) {
        try (KinesisClient user = user(asked)) {
            assertThat(answer(user, asked)).startsWith(asked.expected);
        }
    }

    private KinesisClient user(Case asked) {
        String name = prefix + cleanUp.size();
        iam.createUser(user ->
                user.userName(name).tags(Tag.builder().key("team").value("red").build()));
        cleanUp.add(() -> iam.deleteUser(user -> user.userName(name)));
        iam.putUserPolicy(put -> put.userName(name).policyName("case").policyDocument(document(asked.identity)));
        cleanUp.add(() -> iam.deleteUserPolicy(policy -> policy.userName(name).policyName("case")));
        if (!asked.boundary.isEmpty()) {
            String arn = iam.createPolicy(policy -> policy.policyName(name).policyDocument(document(asked.boundary)))
                    .policy()
                    .arn();
            cleanUp.add(() -> iam.deletePolicy(policy -> policy.policyArn(arn)));
            iam.putUserPermissionsBoundary(boundary -> boundary.userName(name).permissionsBoundary(arn));
            cleanUp.add(() -> iam.deleteUserPermissionsBoundary(boundary -> boundary.userName(name)));
        }
        AccessKey key = iam.createAccessKey(access -> access.userName(name)).accessKey();
        cleanUp.add(() -> iam.deleteAccessKey(access -> access.userName(name).accessKeyId(key.accessKeyId())));
        return JavaClients.urlConnection(SERVER.target().as(key.accessKeyId(), key.secretAccessKey(), null));
    }

    private String answer(KinesisClient user, Case asked) {
        String stream = prefix + asked.stream;
        try {
            switch (asked.operation) {
                case "PutRecord" ->
                    user.putRecord(
                            put -> put.streamName(stream).partitionKey("k").data(SdkBytes.fromUtf8String("d")));
                case "AddTagsToStream" ->
                    user.addTagsToStream(add -> add.streamName(stream).tags(Map.of("owner", "ana")));
                case "GetShardIterator" ->
                    user.getShardIterator(
                            get -> get.streamName(stream).shardId(SHARD).shardIteratorType(ShardIteratorType.LATEST));
                case "DescribeStreamSummary" -> user.describeStreamSummary(get -> get.streamName(stream));
                case "ListShards" -> user.listShards(list -> list.streamName(stream));
                case "ListTagsForStream" -> user.listTagsForStream(list -> list.streamName(stream));
                case "ListStreams" -> user.listStreams();
                default -> throw new IllegalArgumentException(asked.operation);
            }
            return "allowed";
        } catch (ResourceNotFoundException e) {
            return "not found";
        } catch (KinesisException e) {
            assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException");
            String message = e.awsErrorDetails().errorMessage();
            assertThat(message).contains("is not authorized to perform: kinesis:" + asked.operation);
            int because = message.indexOf("because");
            return "denied " + message.substring(because >= 0 ? because : message.indexOf("with an explicit deny"));
        }
    }

    /** {@code Allow kinesis:Put* red {…} & Deny …} as a policy document. */
    private String document(String statements) {
        List<String> parts = new ArrayList<>();
        for (String statement : statements.split(" & ", -1)) {
            String[] words = statement.split(" ", 4);
            parts.add("{\"Effect\":\"" + words[0] + "\"," + element("Action", words[1]) + ","
                    + element("Resource", resource(words[2]))
                    + (words.length > 3 ? ",\"Condition\":" + words[3] : "") + "}");
        }
        return "{\"Version\":\"2012-10-17\",\"Statement\":[" + String.join(",", parts) + "]}";
    }

    private static String element(String name, String value) {
        return value.startsWith("!")
                ? "\"Not" + name + "\":\"" + value.substring(1) + "\""
                : "\"" + name + "\":\"" + value + "\"";
    }

    private String resource(String text) {
        boolean not = text.startsWith("!");
        String name = not ? text.substring(1) : text;
        String arn = name.startsWith("arn:")
                ? name.replace("stream/red", "stream/" + prefix + "red")
                : name.equals("*") ? name : "arn:aws:kinesis:*:*:stream/" + prefix + name;
        return (not ? "!" : "") + arn;
    }
}
