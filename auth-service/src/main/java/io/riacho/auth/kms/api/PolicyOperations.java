package io.riacho.auth.kms.api;

import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.access.RequestFacts;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyPolicies;
import io.riacho.auth.kms.key.Keys;
import io.riacho.policy.NamedPolicy;
import io.riacho.protocol.RequestContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyRequest;
import software.amazon.awssdk.services.kms.model.GetKeyPolicyResponse;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesRequest;
import software.amazon.awssdk.services.kms.model.ListKeyPoliciesResponse;
import software.amazon.awssdk.services.kms.model.PutKeyPolicyRequest;

/** Key policies. Each key has one, named {@code default}. */
public final class PolicyOperations {

    private static final String NAME = "default";

    private final Keys keys;
    private final KeyPolicies policies;
    private final KeyAccess access;

    public PolicyOperations(Keys keys, KeyPolicies policies, KeyAccess access) {
        this.keys = keys;
        this.policies = policies;
        this.access = access;
    }

    public GetKeyPolicyResponse getKeyPolicy(GetKeyPolicyRequest request, RequestContext context) {
        Key key = access.keyById(context, "GetKeyPolicy", request.keyId(), RequestFacts.none());
        requireDefault(request.policyName());
        return GetKeyPolicyResponse.builder()
                .policy(key.policy().document().text())
                .policyName(NAME)
                .build();
    }

    public void putKeyPolicy(PutKeyPolicyRequest request, RequestContext context) {
        boolean bypass = Boolean.TRUE.equals(request.bypassPolicyLockoutSafetyCheck());
        RequestFacts facts = RequestFacts.none().with("kms:bypasspolicylockoutsafetycheck", bypass);
        Key key = access.keyById(context, "PutKeyPolicy", request.keyId(), facts);
        requireDefault(request.policyName());
        NamedPolicy policy = policies.check(key.arn(), request.policy());
        if (!bypass) {
            access.requireNoLockout(context, key.arn(), policy, facts);
        }
        keys.putPolicy(key.id(), request.policy());
    }

    public ListKeyPoliciesResponse listKeyPolicies(ListKeyPoliciesRequest request, RequestContext context) {
        access.keyById(context, "ListKeyPolicies", request.keyId(), RequestFacts.none());
        return ListKeyPoliciesResponse.builder()
                .policyNames(NAME)
                .truncated(false)
                .build();
    }

    private static void requireDefault(@Nullable String name) {
        if (name != null && !name.equals(NAME)) {
            throw KmsErrors.notFound("No such policy exists");
        }
    }
}
