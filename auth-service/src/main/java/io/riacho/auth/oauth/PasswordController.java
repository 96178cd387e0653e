package io.riacho.auth.oauth;

import io.riacho.auth.identity.Identities;
import io.riacho.auth.password.PasswordChanges;
import io.riacho.auth.password.Passwords;
import io.riacho.auth.rest.JsonBody;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import io.riacho.protocol.rest.RestBody;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Users' passwords: what IAM calls login profiles. */
@RestController
final class PasswordController {

    private final Identities identities;
    private final Passwords passwords;
    private final PasswordChanges changes;

    PasswordController(Identities identities, Passwords passwords, PasswordChanges changes) {
        this.identities = identities;
        this.passwords = passwords;
        this.changes = changes;
    }

    /** The new password. */
    record NewPassword(@Nullable String password) {

        @Override
        public String toString() {
            return "NewPassword[hidden]";
        }
    }

    /** The old password and the new one. */
    record PasswordChange(
            @Nullable String oldPassword, @Nullable String newPassword) {

        @Override
        public String toString() {
            return "PasswordChange[hidden]";
        }
    }

    @PutMapping("/v1/users/{name}/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void set(RequestContext context, @PathVariable String name, RestBody body) {
        Caller user = require(context, "iam:UpdateLoginProfile", name);
        String password = JsonBody.required(
                "password", JsonBody.read(body, NewPassword.class).password());
        if (!passwords.set(user.userId(), passwords.hashed(password))) {
            throw noSuchUser(name);
        }
    }

    @DeleteMapping("/v1/users/{name}/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void remove(RequestContext context, @PathVariable String name) {
        if (!passwords.remove(require(context, "iam:DeleteLoginProfile", name).userId())) {
            throw AwsException.of("NoSuchEntity", 404, "Login Profile for User " + name + " cannot be found.");
        }
    }

    /** By the user itself. */
    @PostMapping("/v1/password")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    void change(RequestContext context, RestBody body) {
        Caller caller = context.caller();
        context.require(Permission.of("iam:ChangePassword", caller.arn(), context.accountId()));
        PasswordChange change = JsonBody.read(body, PasswordChange.class);
        changes.change(
                caller,
                JsonBody.required("oldPassword", change.oldPassword()),
                JsonBody.required("newPassword", change.newPassword()));
    }

    private Caller require(RequestContext context, String action, String name) {
        Caller user = identities.user(name).orElse(null);
        String arn = user == null ? "arn:aws:iam::" + context.accountId() + ":user/" + name : user.arn();
        context.require(Permission.of(action, arn, context.accountId()));
        if (user == null) {
            throw noSuchUser(name);
        }
        return user;
    }

    private static AwsException noSuchUser(String name) {
        return AwsException.of("NoSuchEntity", 404, "The user with name " + name + " cannot be found.");
    }
}
