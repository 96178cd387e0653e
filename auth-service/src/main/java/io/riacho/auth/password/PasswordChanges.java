package io.riacho.auth.password;

import io.riacho.auth.limit.RateLimit;
import io.riacho.policy.PrincipalType;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Caller;

/** Lets users change their own passwords, by whichever API they ask. */
public final class PasswordChanges {

    private final Passwords passwords;
    private final RateLimit perUser;

    /** @param perUser how often passwords of one user may be tried */
    public PasswordChanges(Passwords passwords, RateLimit perUser) {
        this.passwords = passwords;
        this.perUser = perUser;
    }

    /** @throws AwsException InvalidUserType, Throttling, PasswordPolicyViolation, NoSuchEntity, AccessDenied */
    public void change(Caller caller, String oldPassword, String newPassword) {
        if (caller.principal().type() != PrincipalType.USER) {
            throw AwsException.badRequest("InvalidUserType", "Only users have a password");
        }
        long seconds = perUser.take(caller.userId());
        if (seconds > 0) {
            throw AwsException.badRequest("Throttling", "Rate exceeded").retryAfter(seconds);
        }
        Passwords.Hashed hashed = passwords.hashed(newPassword);
        if (passwords.since(caller.userId()).isEmpty()) {
            String name = caller.arn().substring(caller.arn().lastIndexOf('/') + 1);
            throw AwsException.of("NoSuchEntity", 404, "Login Profile for User " + name + " cannot be found.");
        }
        if (!passwords.exchange(caller.userId(), oldPassword, hashed)) {
            throw AwsException.of("AccessDenied", 403, "The old password was incorrect.");
        }
    }
}
