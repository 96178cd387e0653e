package io.riacho.policy;

import org.jspecify.annotations.Nullable;

/**
 * Who asks. The factory methods make principals that are whole.
 *
 * @param arn {@code arn:aws:iam::111122223333:user/name}, {@code arn:aws:iam::111122223333:root},
 *     {@code arn:aws:sts::111122223333:assumed-role/role/session},
 *     {@code arn:aws:sts::111122223333:federated-user/name}; a service's name; {@code anonymous}
 * @param accountId empty where no account stands behind the caller
 * @param issuerArn whose session it is: the ARN of the role (with its path) of an assumed role, of the user of a
 *     federated user; null for others
 * @param provider the identity provider that vouches for the caller, as {@code Federated} in a policy names it: an ARN or
 *     a domain name; null where there is none
 */
public record Principal(
        String arn,
        String accountId,
        PrincipalType type,
        @Nullable String issuerArn,
        @Nullable String provider) {

    public static Principal root(String accountId) {
        return new Principal("arn:aws:iam::" + accountId + ":root", accountId, PrincipalType.ROOT, null, null);
    }

    public static Principal user(String arn) {
        return new Principal(arn, accountOf(arn), PrincipalType.USER, null, null);
    }

    public static Principal assumedRole(String sessionArn, String roleArn) {
        return new Principal(sessionArn, accountOf(sessionArn), PrincipalType.ASSUMED_ROLE, roleArn, null);
    }

    /** A session that {@code AssumeRoleWithWebIdentity} or {@code AssumeRoleWithSAML} began. */
    public static Principal assumedRole(String sessionArn, String roleArn, String provider) {
        return new Principal(sessionArn, accountOf(sessionArn), PrincipalType.ASSUMED_ROLE, roleArn, provider);
    }

    public static Principal federatedUser(String sessionArn, String issuerArn) {
        return new Principal(sessionArn, accountOf(sessionArn), PrincipalType.FEDERATED_USER, issuerArn, null);
    }

    /** Who asks to assume a role with a token of an identity provider. */
    public static Principal federated(String provider) {
        return new Principal(provider, "", PrincipalType.FEDERATED, null, provider);
    }

    /** @param name such as {@code firehose.amazonaws.com} */
    public static Principal service(String name) {
        return new Principal(name, "", PrincipalType.SERVICE, null, null);
    }

    public static Principal anonymous() {
        return new Principal("anonymous", "", PrincipalType.ANONYMOUS, null, null);
    }

    private static String accountOf(String arn) {
        String[] parts = arn.split(":", 6);
        if (parts.length != 6 || parts[4].isEmpty()) {
            throw new IllegalArgumentException("No account in " + arn);
        }
        return parts[4];
    }
}
