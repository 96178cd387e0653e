package io.riacho.auth.kms.grant;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A permission on a key, beside its key policy.
 *
 * @param id 64 hexadecimal digits
 * @param terms what was granted
 */
public record Grant(String id, UUID keyId, String issuingAccount, Instant createdAt, Terms terms) {

    /**
     * What a grant says.
     *
     * @param name makes the same request again give the same grant; null for a new one each time
     * @param grantee who may do it: an ARN
     * @param retiring who may end it, beside others; null for nobody in particular
     * @param operations what may be done
     * @param rule null where the encryption context does not matter
     */
    public record Terms(
            @Nullable String name,
            String grantee,
            @Nullable String retiring,
            Set<GrantOperation> operations,
            @Nullable ContextRule rule) {

        public Terms {
            operations = Set.copyOf(operations);
        }

        /** Whether a grantee of these terms may pass the others on: it gives away no more than it has. */
        public boolean mayPassOn(Terms others) {
            return operations.containsAll(others.operations)
                    && (rule == null || (others.rule != null && others.rule.isWithin(rule)));
        }

        boolean allow(GrantOperation operation, Map<String, String> context) {
            return operations.contains(operation) && (rule == null || !operation.usesContext() || rule.allows(context));
        }

        /** In KMS's order, as KMS writes them. */
        public List<String> operationNames() {
            return operations.stream().sorted().map(GrantOperation::wireName).toList();
        }
    }
}
