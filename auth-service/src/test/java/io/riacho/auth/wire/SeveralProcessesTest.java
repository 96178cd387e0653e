package io.riacho.auth.wire;

import static io.riacho.auth.wire.Errors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.auth.identity.Identities;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.IamException;
import software.amazon.awssdk.services.iam.model.StatusType;

class SeveralProcessesTest {

    private static final Duration PROMISED = Duration.ofSeconds(5);

    private final AuthServer server = AuthServer.shared();
    private final IamClient iam = server.root();

    @Test
    void aChangeCountsInEveryProcessWithinFiveSeconds() {
        String user = server.newUser();
        var key = server.newKey(user);
        iam.putUserPolicy(request -> request.userName(user).policyName("p").policyDocument(AuthServer.ALLOW_ALL));
        try (AuthServer twin = server.twin()) {
            IamClient client = twin.client(key);
            assertThat(client.getUser().user().userName()).isEqualTo(user);

            iam.deleteUserPolicy(request -> request.userName(user).policyName("p"));
            assertThat(timeUntil(client, "AccessDenied")).isLessThan(PROMISED);

            iam.updateAccessKey(request ->
                    request.userName(user).accessKeyId(key.accessKeyId()).status(StatusType.INACTIVE));
            assertThat(timeUntil(client, "InvalidClientTokenId")).isLessThan(PROMISED);
        }
    }

    @Test
    void nobodyIsLetInOnceTheDatabaseIsGone() {
        String user = server.newUser();
        try (AuthServer twin = server.twin()) {
            Identities identities = twin.bean(Identities.class);
            assertThat(identities.user(user)).isPresent();

            twin.bean(com.zaxxer.hikari.HikariDataSource.class).close();

            long end = System.nanoTime() + PROMISED.toNanos();
            boolean refused = false;
            while (!refused && System.nanoTime() < end) {
                try {
                    identities.user(user);
                } catch (io.riacho.protocol.AwsException e) {
                    assertThat(e.status()).isEqualTo(503);
                    refused = true;
                }
            }
            assertThat(refused).isTrue();
        }
    }

    @Test
    void aNameThatManyWantAtOnceIsGivenToOne() throws Exception {
        String name = AuthServer.newName("user");
        AtomicInteger made = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 6; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    iam.createUser(request -> request.userName(name));
                    made.incrementAndGet();
                } catch (EntityAlreadyExistsException e) {
                    refused.incrementAndGet();
                }
            }));
        }
        for (Thread thread : threads) {
            thread.join();
        }

        assertThat(made).hasValue(1);
        assertThat(refused).hasValue(5);
    }

    @Test
    void aRefusedChangeLeavesNothingBehind() {
        String name = AuthServer.newName("user");

        assertRefused(
                "NoSuchEntity",
                () -> iam.createUser(
                        request -> request.userName(name).permissionsBoundary(AuthServer.arn("policy/gone"))));

        assertRefused("NoSuchEntity", () -> iam.getUser(request -> request.userName(name)));
    }

    /** Asks until the answer is that error. */
    private static Duration timeUntil(IamClient client, String code) {
        long start = System.nanoTime();
        Duration passed = Duration.ZERO;
        while (passed.compareTo(PROMISED.multipliedBy(4)) < 0) {
            try {
                client.getUser();
            } catch (IamException e) {
                if (e.awsErrorDetails().errorCode().equals(code)) {
                    return Duration.ofNanos(System.nanoTime() - start);
                }
            }
            passed = Duration.ofNanos(System.nanoTime() - start);
        }
        return passed;
    }
}
