package io.riacho.auth.iam;

import io.riacho.auth.identity.EntityKind;

/**
 * How much of everything an account may have.
 *
 * @see <a href="https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html">IAM and STS quotas</a>
 */
public final class Quotas {

    public static final int GROUPS_PER_USER = 10;
    public static final int ACCESS_KEYS_PER_USER = 2;
    public static final int ATTACHED_POLICIES = 10;
    public static final int POLICIES = 1500;
    public static final int POLICY_VERSIONS = 5;
    public static final int TAGS = 50;
    public static final int OIDC_PROVIDERS = 100;
    public static final int OIDC_CLIENT_IDS = 100;
    public static final int OIDC_THUMBPRINTS = 5;

    /** Characters of documents, white space not counted. */
    public static final int POLICY_CHARACTERS = 6144;

    public static final int TRUST_POLICY_CHARACTERS = 2048;

    private Quotas() {}

    public static int entities(EntityKind kind) {
        return switch (kind) {
            case USER -> 5000;
            case GROUP -> 300;
            case ROLE -> 1000;
        };
    }

    /** Of all inline policies of one entity together. */
    public static int inlineCharacters(EntityKind kind) {
        return switch (kind) {
            case USER -> 2048;
            case GROUP -> 5120;
            case ROLE -> 10_240;
        };
    }

    /** As quotas are named in errors: {@code AttachedManagedPoliciesPerUser}. */
    public static String upper(EntityKind kind) {
        return kind.name().charAt(0) + kind.word().substring(1);
    }
}
