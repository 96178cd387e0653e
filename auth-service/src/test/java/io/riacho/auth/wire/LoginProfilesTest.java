package io.riacho.auth.wire;

import static io.riacho.auth.wire.Errors.assertDenied;
import static io.riacho.auth.wire.Errors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.password.Passwords;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.EntityAlreadyExistsException;
import software.amazon.awssdk.services.iam.model.LoginProfile;

class LoginProfilesTest {

    private static final String PASSWORD = "correct horse";
    private static final String OTHER = "another horse";

    private final AuthServer server = AuthServer.shared();
    private final IamClient iam = server.root();

    private String userWithPassword() {
        String user = server.newUser();
        iam.createLoginProfile(r -> r.userName(user).password(PASSWORD));
        return user;
    }

    private boolean signsIn(String user, String password) {
        String id = server.bean(Identities.class).user(user).orElseThrow().userId();
        return server.bean(Passwords.class).matches(id, password);
    }

    private IamClient as(String user, String action) {
        iam.putUserPolicy(r -> r.userName(user).policyName("own").policyDocument(AuthServer.allow(action, "*")));
        return server.client(server.newKey(user));
    }

    @Test
    void aLoginProfileIsToldAsItWasMade() {
        String user = server.newUser();
        Instant before = Instant.now().truncatedTo(ChronoUnit.SECONDS);
        LoginProfile made =
                iam.createLoginProfile(r -> r.userName(user).password(PASSWORD)).loginProfile();

        assertThat(made.userName()).isEqualTo(user);
        assertThat(made.passwordResetRequired()).isFalse();
        assertThat(made.createDate()).isBetween(before, Instant.now());
        assertThat(iam.getLoginProfile(r -> r.userName(user)).loginProfile()).isEqualTo(made);
        assertThat(signsIn(user, PASSWORD)).isTrue();
    }

    @Test
    void aUserHasOneLoginProfile() {
        String user = userWithPassword();
        assertRefused(
                        "EntityAlreadyExists",
                        () -> iam.createLoginProfile(r -> r.userName(user).password(OTHER)))
                .isEqualTo("Login Profile for user " + user + " already exists.");
        assertThat(signsIn(user, PASSWORD)).isTrue();
        assertThat(signsIn(user, OTHER)).isFalse();
    }

    @Test
    void ofManyWhoMakeOneAtOnceOneDoes() throws InterruptedException {
        String user = server.newUser();
        AtomicInteger made = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            threads.add(Thread.startVirtualThread(() -> {
                try {
                    iam.createLoginProfile(r -> r.userName(user).password(PASSWORD));
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
        assertThat(refused).hasValue(3);
    }

    @Test
    void anUpdateGivesAnotherPassword() {
        String user = userWithPassword();
        LoginProfile made = iam.getLoginProfile(r -> r.userName(user)).loginProfile();

        iam.updateLoginProfile(r -> r.userName(user).password(OTHER));

        assertThat(signsIn(user, PASSWORD)).isFalse();
        assertThat(signsIn(user, OTHER)).isTrue();
        assertThat(iam.getLoginProfile(r -> r.userName(user)).loginProfile()).isEqualTo(made);
        iam.updateLoginProfile(r -> r.userName(user).passwordResetRequired(false));
        assertThat(signsIn(user, OTHER)).isTrue();
    }

    @Test
    void whatIsNotThereIsNotFound() {
        String user = server.newUser();
        String message = "Login Profile for User " + user + " cannot be found.";
        assertRefused("NoSuchEntity", () -> iam.getLoginProfile(r -> r.userName(user)))
                .isEqualTo(message);
        assertRefused(
                        "NoSuchEntity",
                        () -> iam.updateLoginProfile(r -> r.userName(user).password(PASSWORD)))
                .isEqualTo(message);
        assertRefused("NoSuchEntity", () -> iam.updateLoginProfile(r -> r.userName(user)))
                .isEqualTo(message);
        assertRefused("NoSuchEntity", () -> iam.deleteLoginProfile(r -> r.userName(user)))
                .isEqualTo(message);
        assertRefused(
                        "NoSuchEntity",
                        () -> iam.createLoginProfile(r -> r.userName("nobody").password(PASSWORD)))
                .isEqualTo("The user with name nobody cannot be found.");
        assertRefused("NoSuchEntity", () -> iam.getLoginProfile(r -> r.userName("nobody")));
        assertRefused("NoSuchEntity", () -> iam.deleteLoginProfile(r -> r.userName("nobody")));
    }

    @Test
    void aWeakPasswordIsRefusedAndChangesNothing() {
        String user = userWithPassword();
        String other = server.newUser();
        assertRefused(
                "PasswordPolicyViolation",
                () -> iam.createLoginProfile(r -> r.userName(other).password("short")));
        assertRefused(
                "PasswordPolicyViolation",
                () -> iam.updateLoginProfile(r -> r.userName(user).password("x".repeat(73))));
        assertRefused("NoSuchEntity", () -> iam.getLoginProfile(r -> r.userName(other)));
        assertThat(signsIn(user, PASSWORD)).isTrue();
    }

    @Test
    void aRefusalDoesNotShowThePassword() {
        String user = server.newUser();
        String secret = "secret-" + "x".repeat(200);
        assertRefused(
                        "ValidationError",
                        () -> iam.createLoginProfile(r -> r.userName(user).password(secret)))
                .doesNotContain("secret-");
        assertRefused(
                        "ValidationError",
                        () -> iam.createLoginProfile(r -> r.userName(user).password("secret-\u0001")))
                .doesNotContain("secret-");
    }

    @Test
    void aPasswordIsNeeded() {
        String user = server.newUser();
        assertRefused("ValidationError", () -> iam.createLoginProfile(r -> r.userName(user)));
    }

    @Test
    void aResetThatNobodyWouldAskForIsRefused() {
        String user = userWithPassword();
        String other = server.newUser();
        assertRefused(
                        "ValidationError",
                        () -> iam.createLoginProfile(
                                r -> r.userName(other).password(PASSWORD).passwordResetRequired(true)))
                .contains("PasswordResetRequired");
        assertRefused(
                "ValidationError",
                () -> iam.updateLoginProfile(r -> r.userName(user).passwordResetRequired(true)));
        assertRefused("NoSuchEntity", () -> iam.getLoginProfile(r -> r.userName(other)));
    }

    @Test
    void aUserThatHasOneIsNotDeleted() {
        String user = userWithPassword();
        assertRefused("DeleteConflict", () -> iam.deleteUser(r -> r.userName(user)))
                .isEqualTo("Cannot delete entity, must delete login profile first.");
        iam.deleteLoginProfile(r -> r.userName(user));
        assertThat(signsIn(user, PASSWORD)).isFalse();
        iam.deleteUser(r -> r.userName(user));
    }

    @Test
    void aUserChangesItsOwnPassword() {
        String user = userWithPassword();
        IamClient client = as(user, "iam:ChangePassword");

        client.changePassword(r -> r.oldPassword(PASSWORD).newPassword(OTHER));

        assertThat(signsIn(user, PASSWORD)).isFalse();
        assertThat(signsIn(user, OTHER)).isTrue();
    }

    @Test
    void whoDoesNotKnowTheOldPasswordDoesNotChangeIt() {
        String user = userWithPassword();
        IamClient client = as(user, "iam:ChangePassword");
        assertRefused(
                        "AccessDenied",
                        () -> client.changePassword(
                                r -> r.oldPassword("wrong horse").newPassword(OTHER)))
                .isEqualTo("The old password was incorrect.");
        assertRefused(
                "PasswordPolicyViolation",
                () -> client.changePassword(r -> r.oldPassword(PASSWORD).newPassword("short")));
        assertThat(signsIn(user, PASSWORD)).isTrue();
    }

    @Test
    void guessingTheOldPasswordIsSlowedDown() {
        String user = userWithPassword();
        IamClient client = as(user, "iam:ChangePassword");
        for (int i = 0; i < 10; i++) {
            assertRefused(
                    "AccessDenied",
                    () -> client.changePassword(
                            r -> r.oldPassword("wrong horse").newPassword(OTHER)));
        }
        assertRefused(
                "Throttling",
                () -> client.changePassword(r -> r.oldPassword(PASSWORD).newPassword(OTHER)));
        assertThat(signsIn(user, PASSWORD)).isTrue();
    }

    @Test
    void whoHasNoPasswordHasNoneToChange() {
        IamClient client = as(server.newUser(), "iam:ChangePassword");
        assertRefused(
                "NoSuchEntity",
                () -> client.changePassword(r -> r.oldPassword(PASSWORD).newPassword(OTHER)));
        assertRefused(
                "InvalidUserType",
                () -> iam.changePassword(r -> r.oldPassword(PASSWORD).newPassword(OTHER)));
    }

    @Test
    void eachOperationIsAnActionOnTheUser() {
        String user = userWithPassword();
        IamClient stranger = server.clientWith(AuthServer.allow("iam:GetUser", "*"));
        assertDenied(() -> stranger.createLoginProfile(r -> r.userName(user).password(OTHER)));
        assertDenied(() -> stranger.getLoginProfile(r -> r.userName(user)));
        assertDenied(() -> stranger.updateLoginProfile(r -> r.userName(user).password(OTHER)));
        assertDenied(() -> stranger.deleteLoginProfile(r -> r.userName(user)));
        assertDenied(() -> stranger.changePassword(r -> r.oldPassword(PASSWORD).newPassword(OTHER)));
        IamClient helper =
                server.clientWith(AuthServer.allow("iam:UpdateLoginProfile", AuthServer.arn("user/" + user)));
        String other = userWithPassword();
        helper.updateLoginProfile(r -> r.userName(user).password(OTHER));
        assertDenied(() -> helper.updateLoginProfile(r -> r.userName(other).password(OTHER)));
        assertThat(signsIn(user, OTHER)).isTrue();
        assertThat(signsIn(other, PASSWORD)).isTrue();
    }

    @Test
    void whoNamesNobodyMeansItself() {
        String user = userWithPassword();
        IamClient client = as(user, "iam:*LoginProfile");
        assertThat(client.getLoginProfile(r -> {}).loginProfile().userName()).isEqualTo(user);
        client.deleteLoginProfile(r -> {});
        client.createLoginProfile(r -> r.password(OTHER));
        assertThat(signsIn(user, OTHER)).isTrue();
        assertRefused("ValidationError", () -> iam.getLoginProfile(r -> {}));
    }
}
