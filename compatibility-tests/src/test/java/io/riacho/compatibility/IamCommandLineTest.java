package io.riacho.compatibility;

import static io.riacho.compatibility.Policies.allow;
import static io.riacho.compatibility.Policies.deny;
import static io.riacho.compatibility.Policies.stream;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.TestIdentities.User;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.extension.RegisterExtension;
import tools.jackson.databind.JsonNode;

/** {@code aws iam …}, and what it changes for {@code aws kinesis …}. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IamCommandLineTest {

    @RegisterExtension
    private static final TestServer SERVER = TestServer.withoutLimits();

    private static final String KINESIS_READER = "arn:aws:iam::aws:policy/AmazonKinesisReadOnlyAccess";

    private TestIdentities identities;
    private TestStreams streams;
    private CommandLine aws;
    private String clicks;
    private String orders;

    @BeforeAll
    void startTheCommandLine() {
        aws = CommandLine.started(SERVER.target());
        identities = new TestIdentities(SERVER.target());
        streams = new TestStreams(SERVER.target());
        clicks = streams.create(1);
        orders = streams.create(1);
    }

    @AfterAll
    void stopTheCommandLine() {
        if (aws != null) {
            identities.close();
            streams.close();
            aws.close();
        }
    }

    @Test
    void aUserIsMadeAndFoundAndDeleted() {
        String name = identities.name("user");
        JsonNode made = aws.run("iam", "create-user", "--user-name", name, "--path", "/teams/red/")
                .path("User");
        assertThat(made.path("Arn").asString()).isEqualTo("arn:aws:iam::" + Target.ACCOUNT + ":user/teams/red/" + name);
        assertThat(made.path("UserId").asString()).matches("AIDA[A-Z2-7]{17}");
        assertThat(aws.run("iam", "get-user", "--user-name", name).path("User")).isEqualTo(made);
        assertThat(names(
                        aws.run("iam", "list-users", "--path-prefix", "/teams/red/")
                                .path("Users"),
                        "UserId"))
                .contains(made.path("UserId").asString());
        assertThat(aws.refusal("iam", "create-user", "--user-name", name)).contains("(EntityAlreadyExists)");
        aws.run("iam", "delete-user", "--user-name", name);
        assertThat(aws.refusal("iam", "get-user", "--user-name", name))
                .contains("(NoSuchEntity)", "The user with name " + name + " cannot be found.");
    }

    @Test
    void listsCanBeReadPageByPage() {
        for (int i = 0; i < 3; i++) {
            aws.run("iam", "create-user", "--user-name", identities.name("user"), "--path", "/pages/");
        }
        JsonNode first = aws.run("iam", "list-users", "--path-prefix", "/pages/", "--max-items", "2");
        JsonNode second = aws.run(
                "iam",
                "list-users",
                "--path-prefix",
                "/pages/",
                "--starting-token",
                first.path("NextToken").asString());
        assertThat(names(first.path("Users"), "UserName")).hasSize(2);
        assertThat(names(second.path("Users"), "UserName"))
                .hasSize(1)
                .doesNotContainAnyElementsOf(names(first.path("Users"), "UserName"));
    }

    @Test
    void aGroupGivesItsRightsToItsMembersWhileTheyAreMembers() {
        User user = identities.user();
        String group = identities.name("group");
        aws.run("iam", "create-group", "--group-name", group);
        aws.run(
                "iam",
                "put-group-policy",
                "--group-name",
                group,
                "--policy-name",
                "put",
                "--policy-document",
                allow("kinesis:PutRecord", stream(clicks)));
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("no identity-based policy allows");

        aws.run("iam", "add-user-to-group", "--group-name", group, "--user-name", user.name());
        aws.putAs(user.target(), clicks);
        assertThat(names(aws.run("iam", "get-group", "--group-name", group).path("Users"), "UserName"))
                .containsExactly(user.name());
        assertThat(names(
                        aws.run("iam", "list-groups-for-user", "--user-name", user.name())
                                .path("Groups"),
                        "GroupName"))
                .containsExactly(group);
        assertThat(aws.refusal("iam", "delete-group", "--group-name", group)).contains("(DeleteConflict)");

        aws.run("iam", "remove-user-from-group", "--group-name", group, "--user-name", user.name());
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("no identity-based policy allows");
    }

    @Test
    void anAccessKeyIsRotated() {
        User user = identities.user(allow("kinesis:*", "*"));
        String old = user.target().accessKeyId();
        Target renewed = newKey(user);
        assertThat(aws.refusal("iam", "create-access-key", "--user-name", user.name()))
                .contains("(LimitExceeded)", "AccessKeysPerUser: 2");
        aws.putAs(renewed, clicks);

        aws.run("iam", "update-access-key", "--user-name", user.name(), "--access-key-id", old, "--status", "Inactive");
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("(UnrecognizedClientException)");
        aws.run("iam", "update-access-key", "--user-name", user.name(), "--access-key-id", old, "--status", "Active");
        aws.putAs(user.target(), clicks);
        aws.run("iam", "delete-access-key", "--user-name", user.name(), "--access-key-id", old);
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("(UnrecognizedClientException)");

        JsonNode keys =
                aws.run("iam", "list-access-keys", "--user-name", user.name()).path("AccessKeyMetadata");
        assertThat(names(keys, "AccessKeyId")).containsExactly(renewed.accessKeyId());
        assertThat(names(keys, "Status")).containsExactly("Active");
        aws.putAs(renewed, clicks);
    }

    @Test
    void theLastUseOfAnAccessKeyIsTold() {
        User user = identities.user(allow("kinesis:*", "*"));
        JsonNode before = aws.run(
                "iam",
                "get-access-key-last-used",
                "--access-key-id",
                user.target().accessKeyId());
        assertThat(before.path("UserName").asString()).isEqualTo(user.name());
        assertThat(before.path("AccessKeyLastUsed").path("ServiceName").asString())
                .isEqualTo("N/A");
    }

    @Test
    void aSecretIsToldOnce() {
        User user = identities.user();
        JsonNode made =
                aws.run("iam", "create-access-key", "--user-name", user.name()).path("AccessKey");
        assertThat(made.path("SecretAccessKey").asString()).hasSize(40);
        assertThat(aws.run("iam", "list-access-keys", "--user-name", user.name())
                        .toString())
                .doesNotContain(made.path("SecretAccessKey").asString())
                .doesNotContain("SecretAccessKey");
    }

    @Test
    void anInlinePolicyIsKeptAsItWasWritten() {
        User user = identities.user();
        String policy = allow("kinesis:PutRecord", stream(clicks));
        aws.run(
                "iam",
                "put-user-policy",
                "--user-name",
                user.name(),
                "--policy-name",
                "put",
                "--policy-document",
                policy);
        JsonNode kept = aws.run("iam", "get-user-policy", "--user-name", user.name(), "--policy-name", "put");
        assertThat(kept.path("PolicyDocument").toString()).isEqualTo(policy);
        assertThat(aws.run("iam", "list-user-policies", "--user-name", user.name())
                        .path("PolicyNames"))
                .extracting(JsonNode::asString)
                .containsExactly("put");
        aws.putAs(user.target(), clicks);
        assertThat(aws.refusedPutAs(user.target(), orders))
                .contains(
                        "(AccessDeniedException)",
                        "User: " + user.arn() + " is not authorized to perform: kinesis:PutRecord on resource: "
                                + stream(orders) + " because no identity-based policy allows");
        aws.run("iam", "delete-user-policy", "--user-name", user.name(), "--policy-name", "put");
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("(AccessDeniedException)");
    }

    @Test
    void aMalformedPolicyIsRefusedAndTheOneBeforeStays() {
        User user = identities.user(allow("kinesis:PutRecord", stream(clicks)));
        assertThat(
                        aws.refusal(
                                "iam",
                                "put-user-policy",
                                "--user-name",
                                user.name(),
                                "--policy-name",
                                "policy-0",
                                "--policy-document",
                                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Permit\",\"Action\":\"*\",\"Resource\":\"*\"}]}"))
                .contains("(MalformedPolicyDocument)");
        aws.putAs(user.target(), clicks);
    }

    @Test
    void aManagedPolicysDefaultVersionDecides() {
        User user = identities.user();
        String arn = aws.run(
                        "iam",
                        "create-policy",
                        "--policy-name",
                        identities.name("policy"),
                        "--policy-document",
                        allow("kinesis:PutRecord", stream(clicks)),
                        "--description",
                        "puts clicks")
                .path("Policy")
                .path("Arn")
                .asString();
        aws.run("iam", "attach-user-policy", "--user-name", user.name(), "--policy-arn", arn);
        aws.putAs(user.target(), clicks);

        JsonNode second = aws.run(
                "iam",
                "create-policy-version",
                "--policy-arn",
                arn,
                "--policy-document",
                allow("kinesis:PutRecord", stream(orders)),
                "--set-as-default");
        assertThat(second.path("PolicyVersion").path("VersionId").asString()).isEqualTo("v2");
        aws.putAs(user.target(), orders);
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("(AccessDeniedException)");
        assertThat(aws.run("iam", "get-policy-version", "--policy-arn", arn, "--version-id", "v1")
                        .path("PolicyVersion")
                        .path("Document")
                        .toString())
                .isEqualTo(allow("kinesis:PutRecord", stream(clicks)));

        aws.run("iam", "set-default-policy-version", "--policy-arn", arn, "--version-id", "v1");
        aws.putAs(user.target(), clicks);
        assertThat(aws.refusal("iam", "delete-policy-version", "--policy-arn", arn, "--version-id", "v1"))
                .contains("(DeleteConflict)");
        aws.run("iam", "delete-policy-version", "--policy-arn", arn, "--version-id", "v2");
        assertThat(names(
                        aws.run("iam", "list-policy-versions", "--policy-arn", arn)
                                .path("Versions"),
                        "VersionId"))
                .containsExactly("v1");

        assertThat(aws.refusal("iam", "delete-policy", "--policy-arn", arn)).contains("(DeleteConflict)");
        assertThat(names(
                        aws.run("iam", "list-entities-for-policy", "--policy-arn", arn)
                                .path("PolicyUsers"),
                        "UserName"))
                .containsExactly(user.name());
        aws.run("iam", "detach-user-policy", "--user-name", user.name(), "--policy-arn", arn);
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("(AccessDeniedException)");
        aws.run("iam", "delete-policy", "--policy-arn", arn);
        assertThat(aws.refusal("iam", "get-policy", "--policy-arn", arn)).contains("(NoSuchEntity)");
    }

    @Test
    void aPolicyOfAwsCanBeAttached() {
        User user = identities.user();
        aws.run("iam", "attach-user-policy", "--user-name", user.name(), "--policy-arn", KINESIS_READER);
        assertThat(names(
                        aws.run("iam", "list-attached-user-policies", "--user-name", user.name())
                                .path("AttachedPolicies"),
                        "PolicyArn"))
                .containsExactly(KINESIS_READER);
        aws.as(user.target()).run("kinesis", "list-shards", "--stream-name", clicks);
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("(AccessDeniedException)");
        assertThat(aws.refusal("iam", "delete-policy", "--policy-arn", KINESIS_READER))
                .contains("(AccessDenied)");
    }

    @Test
    void aPermissionsBoundaryLimitsWhatPoliciesGive() {
        User user = identities.user(allow("kinesis:*", "*"));
        String boundary = aws.run(
                        "iam",
                        "create-policy",
                        "--policy-name",
                        identities.name("boundary"),
                        "--policy-document",
                        allow("kinesis:PutRecord", stream(clicks)))
                .path("Policy")
                .path("Arn")
                .asString();
        aws.run("iam", "put-user-permissions-boundary", "--user-name", user.name(), "--permissions-boundary", boundary);
        assertThat(aws.run("iam", "get-user", "--user-name", user.name())
                        .path("User")
                        .path("PermissionsBoundary")
                        .path("PermissionsBoundaryArn")
                        .asString())
                .isEqualTo(boundary);
        aws.putAs(user.target(), clicks);
        assertThat(aws.refusedPutAs(user.target(), orders)).contains("because no permissions boundary allows");
        aws.run("iam", "delete-user-permissions-boundary", "--user-name", user.name());
        aws.putAs(user.target(), orders);
    }

    @Test
    void tagsAreSetAndListedAndTakenAwayAndDecideInConditions() {
        User user = identities.user(
                "{\"Version\":\"2012-10-17\",\"Statement\":[{\"Effect\":\"Allow\",\"Action\":\"kinesis:*\","
                        + "\"Resource\":\"*\",\"Condition\":{\"StringEquals\":{\"aws:PrincipalTag/team\":\"red\"}}}]}");
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("(AccessDeniedException)");
        aws.run("iam", "tag-user", "--user-name", user.name(), "--tags", "Key=team,Value=red", "Key=cost,Value=7");
        aws.putAs(user.target(), clicks);
        JsonNode tags =
                aws.run("iam", "list-user-tags", "--user-name", user.name()).path("Tags");
        assertThat(names(tags, "Key")).containsExactlyInAnyOrder("team", "cost");
        assertThat(names(tags, "Value")).containsExactlyInAnyOrder("red", "7");
        aws.run("iam", "untag-user", "--user-name", user.name(), "--tag-keys", "team");
        assertThat(aws.refusedPutAs(user.target(), clicks)).contains("(AccessDeniedException)");
    }

    @Test
    void simulationSaysWhatWouldBeDecidedAndByWhat() {
        User user = identities.user(allow("kinesis:*", "*"), deny("kinesis:Delete*", "*"));
        JsonNode results = aws.run(
                        "iam",
                        "simulate-principal-policy",
                        "--policy-source-arn",
                        user.arn(),
                        "--action-names",
                        "kinesis:PutRecord",
                        "kinesis:DeleteStream",
                        "kms:Decrypt",
                        "--resource-arns",
                        stream(clicks))
                .path("EvaluationResults");
        assertThat(names(results, "EvalActionName"))
                .containsExactly("kinesis:PutRecord", "kinesis:DeleteStream", "kms:Decrypt");
        assertThat(names(results, "EvalDecision")).containsExactly("allowed", "explicitDeny", "implicitDeny");
        assertThat(results.path(0)
                        .path("MatchedStatements")
                        .path(0)
                        .path("SourcePolicyId")
                        .asString())
                .endsWith("policy-0");
        assertThat(results.path(1)
                        .path("MatchedStatements")
                        .path(0)
                        .path("SourcePolicyId")
                        .asString())
                .isNotEmpty();
        assertThat(results.path(2).path("MatchedStatements")).isEmpty();
    }

    @Test
    void aRoleHasATrustPolicyAndPoliciesOfBothKinds() {
        User user = identities.user();
        String role = identities.name("role");
        JsonNode made = aws.run(
                        "iam",
                        "create-role",
                        "--role-name",
                        role,
                        "--assume-role-policy-document",
                        Policies.trust(user.arn()),
                        "--max-session-duration",
                        "7200",
                        "--description",
                        "reads",
                        "--tags",
                        "Key=team,Value=red")
                .path("Role");
        assertThat(made.path("RoleId").asString()).matches("AROA[A-Z2-7]{17}");
        assertThat(made.path("AssumeRolePolicyDocument").toString()).isEqualTo(Policies.trust(user.arn()));
        aws.run(
                "iam",
                "put-role-policy",
                "--role-name",
                role,
                "--policy-name",
                "put",
                "--policy-document",
                allow("kinesis:PutRecord", stream(clicks)));
        aws.run("iam", "attach-role-policy", "--role-name", role, "--policy-arn", KINESIS_READER);
        assertThat(aws.run("iam", "list-role-policies", "--role-name", role).path("PolicyNames"))
                .extracting(JsonNode::asString)
                .containsExactly("put");
        assertThat(aws.refusal("iam", "delete-role", "--role-name", role)).contains("(DeleteConflict)");

        Target assumed = aws.session(aws.as(user.target())
                .run("sts", "assume-role", "--role-arn", made.path("Arn").asString(), "--role-session-name", "cli"));
        aws.putAs(assumed, clicks);
        aws.as(assumed).run("kinesis", "list-shards", "--stream-name", orders);
        assertThat(aws.refusedPutAs(assumed, orders)).contains("(AccessDeniedException)");

        aws.run(
                "iam",
                "update-assume-role-policy",
                "--role-name",
                role,
                "--policy-document",
                Policies.trust("arn:aws:iam::" + Target.ACCOUNT + ":root"));
        assertThat(aws.as(user.target())
                        .refusal(
                                "sts",
                                "assume-role",
                                "--role-arn",
                                made.path("Arn").asString(),
                                "--role-session-name",
                                "cli"))
                .contains("(AccessDenied)", "is not authorized to perform: sts:AssumeRole on resource: ");
        aws.run("iam", "update-role", "--role-name", role, "--max-session-duration", "3600");
        JsonNode described = aws.run("iam", "get-role", "--role-name", role).path("Role");
        assertThat(described.path("MaxSessionDuration").asInt()).isEqualTo(3600);
        assertThat(names(described.path("Tags"), "Value")).containsExactly("red");
    }

    @Test
    void aUserMayDoInIamWhatItsPoliciesSay() {
        User user = identities.user(allow("iam:GetUser", "arn:aws:iam::*:user/${aws:username}"));
        assertThat(aws.as(user.target())
                        .run("iam", "get-user")
                        .path("User")
                        .path("UserName")
                        .asString())
                .isEqualTo(user.name());
        assertThat(aws.as(user.target())
                        .refusal(
                                "iam",
                                "get-user",
                                "--user-name",
                                identities.user().name()))
                .contains("(AccessDenied)", "is not authorized to perform: iam:GetUser");
        assertThat(aws.as(user.target()).refusal("iam", "create-access-key")).contains("(AccessDenied)");
    }

    @Test
    void whatIamHasAndRiachoHasNotIsRefusedByName() {
        assertThat(aws.refusal("iam", "list-virtual-mfa-devices")).contains("ListVirtualMFADevices");
    }

    private Target newKey(User user) {
        JsonNode key =
                aws.run("iam", "create-access-key", "--user-name", user.name()).path("AccessKey");
        return SERVER.target()
                .as(
                        key.path("AccessKeyId").asString(),
                        key.path("SecretAccessKey").asString(),
                        null);
    }

    private static List<String> names(JsonNode list, String member) {
        return list.valueStream().map(item -> item.path(member).asString()).toList();
    }
}
