package io.riacho.auth.wire;

import static io.riacho.auth.wire.Errors.assertRefused;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import software.amazon.awssdk.services.iam.IamClient;
import software.amazon.awssdk.services.iam.model.Tag;
import software.amazon.awssdk.services.iam.model.User;

class UsersTest {

    private final AuthServer server = AuthServer.shared();
    private final IamClient iam = server.root();

    @Test
    void aUserIsToldAsItWasMade() {
        String name = AuthServer.newName("user");

        User made = iam.createUser(request -> request.userName(name)
                        .path("/team/a/")
                        .tags(Tag.builder().key("Team").value("a b").build()))
                .user();

        assertThat(made.arn()).isEqualTo(AuthServer.arn("user/team/a/" + name));
        assertThat(made.userId()).matches("AIDA[A-Z2-7]{17}");
        assertThat(iam.getUser(request -> request.userName(name)).user()).isEqualTo(made);
    }

    @Test
    void aNameIsTakenInWhateverCase() {
        String name = server.newUser();

        assertRefused("EntityAlreadyExists", () -> iam.createUser(request -> request.userName(name.toUpperCase())))
                .isEqualTo("User with name " + name.toUpperCase() + " already exists.");
    }

    @Test
    void aUserThatIsNotThereIsNotFound() {
        assertRefused("NoSuchEntity", () -> iam.getUser(request -> request.userName("nobody")))
                .isEqualTo("The user with name nobody cannot be found.");
    }

    @Test
    void aCallerThatNamesNobodyIsToldAboutItself() {
        String name = server.newUser();
        iam.putUserPolicy(request ->
                request.userName(name).policyName("self").policyDocument(AuthServer.allow("iam:GetUser", "*")));

        assertThat(server.client(server.newKey(name)).getUser().user().userName())
                .isEqualTo(name);
        assertThat(iam.getUser().user().arn()).isEqualTo(AuthServer.arn("root"));
        assertThat(iam.getUser().user().userId()).isEqualTo(AuthServer.ACCOUNT);
    }

    @Test
    void aRenamedUserKeepsItsIdAndItsKeys() {
        String name = server.newUser();
        String id = iam.getUser(request -> request.userName(name)).user().userId();
        var key = server.newKey(name);

        iam.updateUser(
                request -> request.userName(name).newUserName(name + "-b").newPath("/moved/"));

        User renamed = iam.getUser(request -> request.userName(name + "-b")).user();
        assertThat(renamed.userId()).isEqualTo(id);
        assertThat(renamed.arn()).isEqualTo(AuthServer.arn("user/moved/" + name + "-b"));
        Errors.assertDenied(() -> server.client(key).getUser()).contains("user/moved/" + name + "-b is not authorized");
    }

    @Test
    void usersAreListedInPagesUnderTheirPath() {
        String path = "/" + AuthServer.newName("path") + "/";
        List<String> names = List.of("listed-c", "listed-A", "listed-b").stream()
                .map(name -> name + path.replace('/', '-'))
                .toList();
        names.forEach(name -> iam.createUser(request -> request.userName(name).path(path + "deep/")));

        var first = iam.listUsers(request -> request.pathPrefix(path).maxItems(2));
        var second =
                iam.listUsers(request -> request.pathPrefix(path).maxItems(2).marker(first.marker()));

        assertThat(first.isTruncated()).isTrue();
        assertThat(first.users()).extracting(User::userName).containsExactly(names.get(1), names.get(2));
        assertThat(second.isTruncated()).isFalse();
        assertThat(second.users()).extracting(User::userName).containsExactly(names.get(0));
    }

    @Test
    void aMarkerThatNobodyGaveIsRefused() {
        assertRefused("ValidationError", () -> iam.listUsers(request -> request.marker("made up")))
                .isEqualTo("Invalid Marker.");
    }

    @Test
    void aUserThatHasAnythingIsNotDeleted() {
        String name = server.newUser();
        String policy = server.newPolicy("kinesis:*");
        String group = server.newGroup();
        String key = server.newKey(name).accessKeyId();
        iam.addUserToGroup(request -> request.userName(name).groupName(group));
        iam.attachUserPolicy(request -> request.userName(name).policyArn(policy));
        iam.putUserPolicy(request -> request.userName(name).policyName("inline").policyDocument(AuthServer.ALLOW_ALL));

        assertConflict(name, "Cannot delete entity, must delete access keys first.");
        iam.deleteAccessKey(request -> request.userName(name).accessKeyId(key));
        assertConflict(name, "Cannot delete entity, must remove users from group first.");
        iam.removeUserFromGroup(request -> request.userName(name).groupName(group));
        assertConflict(name, "Cannot delete entity, must detach all policies first.");
        iam.detachUserPolicy(request -> request.userName(name).policyArn(policy));
        assertConflict(name, "Cannot delete entity, must delete policies first.");
        iam.deleteUserPolicy(request -> request.userName(name).policyName("inline"));
        iam.deleteUser(request -> request.userName(name));

        assertRefused("NoSuchEntity", () -> iam.getUser(request -> request.userName(name)));
    }

    private void assertConflict(String name, String message) {
        assertRefused("DeleteConflict", () -> iam.deleteUser(request -> request.userName(name)))
                .isEqualTo(message);
    }
}
