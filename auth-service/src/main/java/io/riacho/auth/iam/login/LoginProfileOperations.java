package io.riacho.auth.iam.login;

import io.riacho.auth.iam.CallerNames;
import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.identity.EntityKind;
import io.riacho.auth.password.PasswordChanges;
import io.riacho.auth.password.Passwords;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.ChangePasswordRequest;
import software.amazon.awssdk.services.iam.model.CreateLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.CreateLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.DeleteLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileRequest;
import software.amazon.awssdk.services.iam.model.GetLoginProfileResponse;
import software.amazon.awssdk.services.iam.model.LoginProfile;
import software.amazon.awssdk.services.iam.model.UpdateLoginProfileRequest;

/** Users' passwords. They are hashed before anything is locked, because that is slow. */
public final class LoginProfileOperations {

    private final EntityStore entities;
    private final Passwords passwords;
    private final PasswordChanges ownChanges;
    private final IamChanges changes;

    public LoginProfileOperations(
            EntityStore entities, Passwords passwords, PasswordChanges ownChanges, IamChanges changes) {
        this.entities = entities;
        this.passwords = passwords;
        this.ownChanges = ownChanges;
        this.changes = changes;
    }

    public CreateLoginProfileResponse createLoginProfile(CreateLoginProfileRequest request, RequestContext context) {
        refuseReset(request.passwordResetRequired());
        String name = CallerNames.orOwn(request.userName(), context.caller());
        if (request.password() == null) {
            throw IamErrors.validation("The request must contain the parameter Password.");
        }
        Passwords.Hashed password = passwords.hashed(request.password());
        return changes.get(
                () -> {
                    Entity user = entities.lock(EntityKind.USER, name);
                    return CreateLoginProfileResponse.builder()
                            .loginProfile(profile(user, passwords.add(user.id(), password)))
                            .build();
                },
                () -> IamErrors.alreadyExists("Login Profile for user " + name + " already exists."));
    }

    public GetLoginProfileResponse getLoginProfile(GetLoginProfileRequest request, RequestContext context) {
        String name = CallerNames.orOwn(request.userName(), context.caller());
        Entity user = entities.require(EntityKind.USER, name);
        Instant since = passwords.since(user.id()).orElseThrow(() -> noProfile(name));
        return GetLoginProfileResponse.builder()
                .loginProfile(profile(user, since))
                .build();
    }

    public void updateLoginProfile(UpdateLoginProfileRequest request) {
        refuseReset(request.passwordResetRequired());
        String name = request.userName();
        Passwords.Hashed password = request.password() == null ? null : passwords.hashed(request.password());
        changes.run(() -> {
            Entity user = entities.lock(EntityKind.USER, name);
            boolean isThere =
                    password == null ? passwords.since(user.id()).isPresent() : passwords.replace(user.id(), password);
            if (!isThere) {
                throw noProfile(name);
            }
        });
    }

    public void deleteLoginProfile(DeleteLoginProfileRequest request, RequestContext context) {
        String name = CallerNames.orOwn(request.userName(), context.caller());
        changes.run(() -> {
            if (!passwords.remove(entities.lock(EntityKind.USER, name).id())) {
                throw noProfile(name);
            }
        });
    }

    public void changePassword(ChangePasswordRequest request, RequestContext context) {
        ownChanges.change(context.caller(), request.oldPassword(), request.newPassword());
    }

    private static LoginProfile profile(Entity user, Instant since) {
        return LoginProfile.builder()
                .userName(user.name())
                .createDate(since)
                .passwordResetRequired(false)
                .build();
    }

    /** Nobody would be asked for another password at the next sign-in. */
    private static void refuseReset(@Nullable Boolean isRequired) {
        if (Boolean.TRUE.equals(isRequired)) {
            throw IamErrors.notSupported("PasswordResetRequired");
        }
    }

    private static AwsException noProfile(String name) {
        return IamErrors.noSuchEntity("Login Profile for User " + name + " cannot be found.");
    }
}
