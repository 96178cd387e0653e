package io.riacho.analytics;

import static io.riacho.analytics.AnalyticsServer.ROLE;
import static io.riacho.analytics.AnalyticsServer.arn;
import static io.riacho.analytics.AnalyticsServer.newName;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.awscore.exception.AwsServiceException;
import software.amazon.awssdk.services.kinesisanalytics.KinesisAnalyticsClient;
import software.amazon.awssdk.services.kinesisanalyticsv2.KinesisAnalyticsV2Client;

/** Who may do what. */
class AccessTest {

    private final AnalyticsServer server = AnalyticsServer.shared();
    private final String name = newName();

    @Test
    void aUserWithoutPermissionIsTheSameWhetherTheApplicationIsThereOrNot() {
        KinesisAnalyticsV2Client user = server.second(server.users().with(allow("kinesis:*", "*")));
        server.first().createApplication(request -> request.applicationName(name));

        for (String asked : new String[] {name, "not-there"}) {
            assertThatThrownBy(() -> user.describeApplication(request -> request.applicationName(asked)))
                    .isInstanceOfSatisfying(
                            AwsServiceException.class,
                            e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"))
                    .hasMessageContaining("kinesisanalytics:DescribeApplication")
                    .hasMessageContaining(arn(asked));
        }
        assertThatThrownBy(user::listApplications).hasMessageContaining("kinesisanalytics:ListApplications");
        assertThatThrownBy(() -> user.createApplicationPresignedUrl(
                        request -> request.applicationName(name).urlType("FLINK_DASHBOARD_URL")))
                .hasMessageContaining("kinesisanalytics:CreateApplicationPresignedUrl");
        assertThatThrownBy(() -> server.first(server.users().with(allow("kinesis:*", "*")))
                        .startApplication(request -> request.applicationName(name)
                                .inputConfigurations(input -> input.id("1.1")
                                        .inputStartingPositionConfiguration(at -> at.inputStartingPosition("NOW")))))
                .hasMessageContaining("kinesisanalytics:StartApplication");
    }

    @Test
    void whatChangesAnApplicationNeedsThePermissionOfItsName() {
        KinesisAnalyticsV2Client user = server.second(server.users().with(allow("kinesisanalytics:Describe*", "*")));
        String arn = arn(name);
        Instant now = Instant.now();
        Map<String, ThrowingCallable> calls = Map.of(
                "StartApplication",
                () -> user.startApplication(request -> request.applicationName(name)),
                "StopApplication",
                () -> user.stopApplication(request -> request.applicationName(name)),
                "UpdateApplication",
                () -> user.updateApplication(
                        request -> request.applicationName(name).currentApplicationVersionId(1L)),
                "RollbackApplication",
                () -> user.rollbackApplication(
                        request -> request.applicationName(name).currentApplicationVersionId(1L)),
                "DeleteApplication",
                () -> user.deleteApplication(
                        request -> request.applicationName(name).createTimestamp(now)),
                "CreateApplicationSnapshot",
                () -> user.createApplicationSnapshot(
                        request -> request.applicationName(name).snapshotName("one")),
                "DeleteApplicationSnapshot",
                () -> user.deleteApplicationSnapshot(request ->
                        request.applicationName(name).snapshotName("one").snapshotCreationTimestamp(now)),
                "TagResource",
                () -> user.tagResource(request ->
                        request.resourceARN(arn).tags(tag -> tag.key("a").value("b"))),
                "UntagResource",
                () -> user.untagResource(request -> request.resourceARN(arn).tagKeys("a")));
        server.first().createApplication(request -> request.applicationName(name));

        assertThat(user.describeApplication(request -> request.applicationName(name))
                        .applicationDetail()
                        .applicationARN())
                .isEqualTo(arn);
        calls.forEach((operation, call) -> assertThatThrownBy(call)
                .as(operation)
                .isInstanceOfSatisfying(
                        AwsServiceException.class,
                        e -> assertThat(e.awsErrorDetails().errorCode()).isEqualTo("AccessDeniedException"))
                .hasMessageContaining("kinesisanalytics:" + operation + " on resource: " + arn));
    }

    @Test
    void whoNamesARoleHasToBeAllowedToPassIt() {
        KinesisAnalyticsV2Client user = server.second(server.users().with(allow("kinesisanalytics:*", "*")));

        assertThatThrownBy(() -> user.createApplication(request -> request.applicationName(name)
                        .runtimeEnvironment("SQL-1_0")
                        .serviceExecutionRole(ROLE)))
                .hasMessageContaining("iam:PassRole")
                .hasMessageContaining(ROLE);
        KinesisAnalyticsClient first =
                server.first(server.users().with(allow("kinesisanalytics:*", "*") + "," + """
                        {"Effect":"Allow","Action":"iam:PassRole","Resource":"%s","Condition":{"StringEquals":
                        {"iam:PassedToService":"firehose.amazonaws.com"}}}""".formatted(ROLE)));
        assertThatThrownBy(() -> first.discoverInputSchema(request -> request.resourceARN(AnalyticsServer.STREAM)
                        .roleARN(ROLE)
                        .inputStartingPositionConfiguration(at -> at.inputStartingPosition("NOW"))))
                .hasMessageContaining("iam:PassRole");
    }

    @Test
    void tagsDecideWhereAPolicySaysSo() {
        KinesisAnalyticsV2Client user = server.second(server.users().with("""
                {"Effect":"Allow","Action":"kinesisanalytics:DescribeApplication","Resource":"*","Condition":
                {"StringEquals":{"aws:ResourceTag/team":"blue"}}}"""));
        server.first()
                .createApplication(request -> request.applicationName(name)
                        .tags(tag -> tag.key("team").value("blue")));
        server.first()
                .createApplication(request -> request.applicationName(name + "-red")
                        .tags(tag -> tag.key("team").value("red")));

        assertThat(user.describeApplication(request -> request.applicationName(name))
                        .applicationDetail()
                        .applicationARN())
                .isEqualTo(arn(name));
        assertThatThrownBy(() -> user.describeApplication(request -> request.applicationName(name + "-red")))
                .hasMessageContaining("not authorized");
    }

    private static String allow(String action, String resource) {
        return "{\"Effect\":\"Allow\",\"Action\":\"" + action + "\",\"Resource\":\"" + resource + "\"}";
    }
}
