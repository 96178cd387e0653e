package io.riacho.auth.sts;

import io.riacho.auth.identity.Role;
import io.riacho.auth.session.TemporaryCredentials;
import software.amazon.awssdk.services.sts.model.AssumedRoleUser;
import software.amazon.awssdk.services.sts.model.Credentials;

/** Parts that several answers have. */
final class Answers {

    private Answers() {}

    static Credentials credentials(TemporaryCredentials credentials) {
        return Credentials.builder()
                .accessKeyId(credentials.accessKeyId())
                .secretAccessKey(credentials.secretAccessKey())
                .sessionToken(credentials.sessionToken())
                .expiration(credentials.expiresAt())
                .build();
    }

    static AssumedRoleUser assumedRole(Role role, String accountId, String sessionName) {
        return AssumedRoleUser.builder()
                .assumedRoleId(role.id() + ":" + sessionName)
                .arn("arn:aws:sts::" + accountId + ":assumed-role/" + role.name() + "/" + sessionName)
                .build();
    }
}
