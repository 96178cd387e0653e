package io.riacho.auth.iam.account;

import io.riacho.auth.iam.Quotas;
import io.riacho.auth.identity.EntityKind;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryRequest;
import software.amazon.awssdk.services.iam.model.GetAccountSummaryResponse;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesRequest;
import software.amazon.awssdk.services.iam.model.ListAccountAliasesResponse;

/** What the account has. It has no alias. */
public final class AccountOperations {

    private final AccountStore store;

    public AccountOperations(AccountStore store) {
        this.store = store;
    }

    public GetAccountSummaryResponse getAccountSummary(GetAccountSummaryRequest request) {
        AccountStore.Counts counts = store.counts();
        Map<String, Integer> summary = new TreeMap<>();
        summary.put("Users", counts.users());
        summary.put("UsersQuota", Quotas.entities(EntityKind.USER));
        summary.put("Groups", counts.groups());
        summary.put("GroupsQuota", Quotas.entities(EntityKind.GROUP));
        summary.put("Roles", counts.roles());
        summary.put("RolesQuota", Quotas.entities(EntityKind.ROLE));
        summary.put("Policies", counts.policies());
        summary.put("PoliciesQuota", Quotas.POLICIES);
        summary.put("PolicySizeQuota", Quotas.POLICY_CHARACTERS);
        summary.put("PolicyVersionsInUse", counts.versions());
        summary.put("VersionsPerPolicyQuota", Quotas.POLICY_VERSIONS);
        summary.put("UserPolicySizeQuota", Quotas.inlineCharacters(EntityKind.USER));
        summary.put("GroupPolicySizeQuota", Quotas.inlineCharacters(EntityKind.GROUP));
        summary.put("RolePolicySizeQuota", Quotas.inlineCharacters(EntityKind.ROLE));
        summary.put("AssumeRolePolicySizeQuota", Quotas.TRUST_POLICY_CHARACTERS);
        summary.put("GroupsPerUserQuota", Quotas.GROUPS_PER_USER);
        summary.put("AccessKeysPerUserQuota", Quotas.ACCESS_KEYS_PER_USER);
        summary.put("AttachedPoliciesPerUserQuota", Quotas.ATTACHED_POLICIES);
        summary.put("AttachedPoliciesPerGroupQuota", Quotas.ATTACHED_POLICIES);
        summary.put("AttachedPoliciesPerRoleQuota", Quotas.ATTACHED_POLICIES);
        summary.put("Providers", counts.providers());
        summary.put("MFADevices", 0);
        summary.put("MFADevicesInUse", 0);
        summary.put("AccountMFAEnabled", 0);
        summary.put("AccountAccessKeysPresent", 1);
        return GetAccountSummaryResponse.builder()
                .summaryMapWithStrings(summary)
                .build();
    }

    public ListAccountAliasesResponse listAccountAliases(ListAccountAliasesRequest request) {
        return ListAccountAliasesResponse.builder()
                .accountAliases(List.of())
                .isTruncated(false)
                .build();
    }
}
