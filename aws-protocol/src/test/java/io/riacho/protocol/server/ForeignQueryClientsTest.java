package io.riacho.protocol.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** boto3 and the AWS CLI against the Query protocol, where they are installed. */
@Timeout(value = 180, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class ForeignQueryClientsTest {

    private static final String SCRIPT = """
            import boto3, urllib.request
            iam, sts = boto3.client('iam'), boto3.client('sts')
            user = iam.create_user(UserName='u', Path='/a/', Tags=[{'Key': 'team', 'Value': 'a+b c'}])['User']
            print(user['Path'], user['Tags'], user['CreateDate'].isoformat())
            print([u['UserName'] for page in iam.get_paginator('list_users').paginate() for u in page['Users']])
            print(iam.get_account_summary()['SummaryMap'])
            try:
                iam.get_user(UserName='nobody')
            except iam.exceptions.NoSuchEntityException as e:
                print(e)
            print(sts.get_caller_identity()['Arn'])
            print(sts.assume_role_with_web_identity(RoleArn='ROLE', RoleSessionName='session',
                    WebIdentityToken='token')['SubjectFromWebIdentityToken'])
            for method in ['GET', 'POST']:
                url = sts.generate_presigned_url('get_caller_identity', HttpMethod=method)
                answer = urllib.request.urlopen(urllib.request.Request(url, method=method)).read()
                print(b'<Account>000000000000</Account>' in answer)
            """.replace("ROLE", ToyIdentity.ROLE);

    private static ToyIdentity toy;

    @BeforeAll
    static void start() {
        toy = new ToyIdentity();
    }

    @AfterAll
    static void stop() {
        toy.close();
    }

    @Test
    void boto3IsServed() throws Exception {
        assumeTrue(isInstalled("python3", "-c", "import boto3"), "boto3 is not installed (pip install boto3): skipped");

        assertThat(run("python3", "-c", SCRIPT).lines())
                .containsExactly(
                        "/a/ [{'Key': 'team', 'Value': 'a+b c'}] 2026-03-15T07:58:30+00:00",
                        "['a&<b', 'z']",
                        "{'Users': 7}",
                        "An error occurred (NoSuchEntity) when calling the GetUser operation: The user with name nobody"
                                + " cannot be found.",
                        "arn:aws:iam::000000000000:root",
                        "anonymous",
                        "True",
                        "True");
    }

    @Test
    void theCommandLineIsServed() throws Exception {
        assumeTrue(isInstalled("aws", "--version"), "The AWS CLI is not installed: skipped");

        assertThat(run("aws", "sts", "get-caller-identity", "--query", "Arn", "--output", "text"))
                .isEqualTo("arn:aws:iam::000000000000:root\n");
        assertThat(run(
                        "aws",
                        "iam",
                        "create-user",
                        "--user-name",
                        "u",
                        "--tags",
                        "Key=a,Value=1",
                        "Key=b,Value=2",
                        "--query",
                        "User.Tags[].Value",
                        "--output",
                        "text"))
                .isEqualTo("1\t2\n");
        assertThat(run("aws", "iam", "get-user", "--user-name", "nobody"))
                .contains("An error occurred (NoSuchEntity) when calling the GetUser operation");
    }

    private static boolean isInstalled(String... command) throws InterruptedException {
        try {
            Process process = new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            return process.waitFor(1, TimeUnit.MINUTES) && process.exitValue() == 0;
        } catch (IOException e) {
            return false;
        }
    }

    private static String run(String... command) throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        Map<String, String> environment = builder.environment();
        environment.keySet().removeIf(name -> name.startsWith("AWS_"));
        environment.put("AWS_ENDPOINT_URL", "http://127.0.0.1:" + toy.port());
        environment.put("AWS_ACCESS_KEY_ID", ToyKinesis.ACCESS_KEY);
        environment.put("AWS_SECRET_ACCESS_KEY", ToyKinesis.SECRET_KEY);
        environment.put("AWS_DEFAULT_REGION", ToyIdentity.REGION);
        environment.put("AWS_EC2_METADATA_DISABLED", "true");
        environment.put("AWS_SHARED_CREDENTIALS_FILE", "/dev/null");
        environment.put("AWS_CONFIG_FILE", "/dev/null");
        environment.put("AWS_PAGER", "");
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return output;
    }
}
