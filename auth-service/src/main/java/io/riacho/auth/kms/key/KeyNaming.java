package io.riacho.auth.kms.key;

import java.util.UUID;

/** The account and region that this server stands for, and the ARNs of keys and aliases there. */
public record KeyNaming(String accountId, String region) {

    public String arnOf(UUID keyId) {
        return arn("key/" + keyId);
    }

    /** @param alias with its {@code alias/} */
    public String arnOfAlias(String alias) {
        return arn(alias);
    }

    private String arn(String resource) {
        return "arn:aws:kms:" + region + ':' + accountId + ':' + resource;
    }
}
