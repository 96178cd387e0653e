package io.riacho.auth.identity;

import io.riacho.protocol.Arn;
import java.util.Optional;

/** The ARNs of one account's identities and policies. */
public record IamArns(String accountId) {

    private static final String AWS = "aws";
    private static final String POLICY = "policy";

    /** @param path begins and ends with a slash */
    public String of(EntityKind kind, String path, String name) {
        return of(kind.word() + path + name);
    }

    public String ofSession(String roleName, String sessionName) {
        return "arn:aws:sts::" + accountId + ":assumed-role/" + roleName + '/' + sessionName;
    }

    public String ofPolicy(boolean awsManaged, String path, String name) {
        return "arn:aws:iam::" + (awsManaged ? AWS : accountId) + ":" + POLICY + path + name;
    }

    /** @param url without its scheme */
    public String ofOidcProvider(String url) {
        return of("oidc-provider/" + url);
    }

    /** @param resource such as {@code user/name} */
    public String of(String resource) {
        return "arn:aws:iam::" + accountId + ":" + resource;
    }

    /** The policy that an ARN names; empty where it names none of this account or of AWS. */
    public Optional<PolicyName> policy(String text) {
        return Arn.parse(text)
                .filter(arn -> arn.accountId().equals(AWS) || arn.accountId().equals(accountId))
                .filter(arn -> isIam(arn, POLICY))
                .map(arn -> {
                    String rest = arn.resource().substring(POLICY.length());
                    int slash = rest.lastIndexOf('/');
                    return new PolicyName(
                            arn.accountId().equals(AWS), rest.substring(0, slash + 1), rest.substring(slash + 1));
                });
    }

    /** The name of the user, group or role that an ARN names; empty where it names none of this account. */
    public Optional<EntityName> entity(String text) {
        return Arn.parse(text).filter(arn -> arn.accountId().equals(accountId)).flatMap(arn -> {
            for (EntityKind kind : EntityKind.values()) {
                if (isIam(arn, kind.word())) {
                    String rest = arn.resource().substring(kind.word().length());
                    int slash = rest.lastIndexOf('/');
                    return Optional.of(new EntityName(kind, rest.substring(0, slash + 1), rest.substring(slash + 1)));
                }
            }
            return Optional.empty();
        });
    }

    /** The URL of an OpenID Connect provider, without its scheme; empty where the ARN is none of this account. */
    public Optional<String> oidcProvider(String text) {
        return Arn.parse(text)
                .filter(arn -> arn.accountId().equals(accountId) && isIam(arn, "oidc-provider"))
                .map(arn -> arn.resource().substring("oidc-provider/".length()));
    }

    private static boolean isIam(Arn arn, String type) {
        return arn.partition().equals("aws")
                && arn.service().equals("iam")
                && arn.region().isEmpty()
                && arn.resource().startsWith(type + "/");
    }

    /** @param awsManaged whether it is one that every account has */
    public record PolicyName(boolean awsManaged, String path, String name) {}

    /** An entity's kind, path and name. */
    public record EntityName(EntityKind kind, String path, String name) {}
}
