package io.riacho.protocol.key;

import io.riacho.policy.NamedPolicy;

/**
 * A key as a service needs to know it.
 *
 * @param arn of the key, also where it was asked for by an alias
 * @param accountId whose it is
 * @param state KMS's name for it: Enabled, Disabled, PendingDeletion, …
 * @param policy the key policy with the key's grants, which alone says who may use the key or leaves that to IAM policies
 */
public record KeyDescription(String arn, String accountId, String state, NamedPolicy policy) {

    public boolean isEnabled() {
        return state.equals("Enabled");
    }
}
