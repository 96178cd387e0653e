package io.riacho.protocol;

import io.riacho.policy.NamedPolicy;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a request needs to be allowed.
 *
 * @param action such as {@code kinesis:PutRecord}
 * @param resource an ARN, or {@code *} where the action is about no resource in particular
 * @param accountId whose resource it is
 * @param keys condition keys of this action and resource, such as {@code aws:resourcetag/team}; names in lower case
 * @param resourcePolicy the resource's own policy; null where it has none
 * @param needsResourceGrant whether nobody may do it unless the resource's policy says so, as with KMS keys
 */
public record Permission(
        String action,
        String resource,
        String accountId,
        Map<String, List<String>> keys,
        @Nullable NamedPolicy resourcePolicy,
        boolean needsResourceGrant) {

    /** A permission on a resource that has no tags and no policy. */
    public static Permission of(String action, String resource, String accountId) {
        return new Permission(action, resource, accountId, Map.of(), null, false);
    }
}
