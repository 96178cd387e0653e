package io.riacho.auth.iam.managed;

import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.PolicyTexts;
import io.riacho.auth.iam.Quotas;
import io.riacho.auth.iam.TagStore;
import io.riacho.auth.iam.Tags;
import io.riacho.auth.identity.IamArns;
import io.riacho.auth.identity.UniqueIds;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.AwsException;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.CreatePolicyRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyResponse;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.CreatePolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.DeletePolicyRequest;
import software.amazon.awssdk.services.iam.model.DeletePolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyResponse;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionRequest;
import software.amazon.awssdk.services.iam.model.GetPolicyVersionResponse;
import software.amazon.awssdk.services.iam.model.ListPoliciesRequest;
import software.amazon.awssdk.services.iam.model.ListPoliciesResponse;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsRequest;
import software.amazon.awssdk.services.iam.model.ListPolicyVersionsResponse;
import software.amazon.awssdk.services.iam.model.Policy;
import software.amazon.awssdk.services.iam.model.PolicyUsageType;
import software.amazon.awssdk.services.iam.model.PolicyVersion;
import software.amazon.awssdk.services.iam.model.SetDefaultPolicyVersionRequest;

/** Managed policies and their versions. Those of AWS can be read only. */
public final class ManagedPolicyOperations {

    private final ManagedPolicyStore store;
    private final TagStore tags;
    private final IamChanges changes;
    private final IamArns arns;
    private final InstantSource clock;

    public ManagedPolicyOperations(
            ManagedPolicyStore store, TagStore tags, IamChanges changes, IamArns arns, InstantSource clock) {
        this.store = store;
        this.tags = tags;
        this.changes = changes;
        this.arns = arns;
        this.clock = clock;
    }

    public CreatePolicyResponse createPolicy(CreatePolicyRequest request) {
        String document = checked(request.policyDocument());
        Map<String, String> given = Tags.of(request.tags());
        String path = request.path() == null ? "/" : request.path();
        Instant now = now();
        ManagedPolicy policy = new ManagedPolicy(
                UniqueIds.ofPolicy(),
                false,
                request.policyName(),
                path,
                arns.ofPolicy(false, path, request.policyName()),
                request.description(),
                now,
                now,
                1,
                1,
                0,
                0);
        return changes.get(
                () -> {
                    changes.lock("policies");
                    if (store.count() >= Quotas.POLICIES) {
                        throw IamErrors.limitExceeded("PoliciesPerAccount", Quotas.POLICIES);
                    }
                    store.insert(policy, document);
                    tags.put(policy.id(), given);
                    return CreatePolicyResponse.builder()
                            .policy(shape(policy).tags(Tags.shapes(given)).build())
                            .build();
                },
                () -> IamErrors.alreadyExists("A policy called " + request.policyName()
                        + " already exists. Duplicate names are not allowed."));
    }

    public GetPolicyResponse getPolicy(GetPolicyRequest request) {
        ManagedPolicy policy = store.require(request.policyArn());
        return GetPolicyResponse.builder()
                .policy(shape(policy)
                        .description(policy.description())
                        .tags(Tags.shapes(tags.of(policy.id())))
                        .build())
                .build();
    }

    public ListPoliciesResponse listPolicies(ListPoliciesRequest request) {
        Page.Request page = Page.Request.of(request.marker(), request.maxItems());
        Page<ManagedPolicy> policies = page.page(
                store.list(
                        scope(request.scopeAsString()),
                        Boolean.TRUE.equals(request.onlyAttached()),
                        isBoundary(request.policyUsageFilterAsString()),
                        request.pathPrefix() == null ? "/" : request.pathPrefix(),
                        page),
                policy -> policy.name() + '/' + policy.id());
        return ListPoliciesResponse.builder()
                .policies(policies.map(policy -> shape(policy).build()))
                .isTruncated(policies.isTruncated())
                .marker(policies.marker())
                .build();
    }

    public void deletePolicy(DeletePolicyRequest request) {
        changes.run(() -> {
            ManagedPolicy policy = store.requireToChange(request.policyArn());
            if (policy.attachments() + policy.boundaries() > 0) {
                throw IamErrors.deleteConflict("Cannot delete a policy attached to entities.");
            }
            if (store.versions(policy).size() > 1) {
                throw IamErrors.deleteConflict("This policy has more than one version. Before you delete a policy, you"
                        + " must delete the policy's versions. The default version is deleted with the policy.");
            }
            store.delete(policy);
        });
    }

    public CreatePolicyVersionResponse createPolicyVersion(CreatePolicyVersionRequest request) {
        String document = checked(request.policyDocument());
        boolean setDefault = Boolean.TRUE.equals(request.setAsDefault());
        return changes.get(
                () -> {
                    ManagedPolicy policy = store.requireToChange(request.policyArn());
                    if (store.versions(policy).size() >= Quotas.POLICY_VERSIONS) {
                        throw IamErrors.limitExceeded("A managed policy can have up to 5 versions. Before you create a"
                                + " new version, you must delete an existing version.");
                    }
                    var version = new ManagedPolicy.Version(policy.lastVersion() + 1, document, now());
                    store.addVersion(policy, version, setDefault);
                    return CreatePolicyVersionResponse.builder()
                            .policyVersion(PolicyVersion.builder()
                                    .versionId(version.id())
                                    .isDefaultVersion(setDefault)
                                    .createDate(version.createdAt())
                                    .build())
                            .build();
                },
                IamErrors::concurrentModification);
    }

    public GetPolicyVersionResponse getPolicyVersion(GetPolicyVersionRequest request) {
        ManagedPolicy policy = store.require(request.policyArn());
        return GetPolicyVersionResponse.builder()
                .policyVersion(shape(policy, version(policy, request.versionId()), true))
                .build();
    }

    public ListPolicyVersionsResponse listPolicyVersions(ListPolicyVersionsRequest request) {
        ManagedPolicy policy = store.require(request.policyArn());
        List<ManagedPolicy.Version> versions = store.versions(policy).stream()
                .sorted(Comparator.comparing(ManagedPolicyOperations::order))
                .toList();
        Page<ManagedPolicy.Version> page =
                Page.Request.of(request.marker(), request.maxItems()).pageOf(versions, ManagedPolicyOperations::order);
        return ListPolicyVersionsResponse.builder()
                .versions(page.map(version -> shape(policy, version, false)))
                .isTruncated(page.isTruncated())
                .marker(page.marker())
                .build();
    }

    public void setDefaultPolicyVersion(SetDefaultPolicyVersionRequest request) {
        changes.run(() -> {
            ManagedPolicy policy = store.requireToChange(request.policyArn());
            store.setDefault(policy, version(policy, request.versionId()).number(), now());
        });
    }

    public void deletePolicyVersion(DeletePolicyVersionRequest request) {
        changes.run(() -> {
            ManagedPolicy policy = store.requireToChange(request.policyArn());
            ManagedPolicy.Version version = version(policy, request.versionId());
            if (version.number() == policy.defaultVersion()) {
                throw IamErrors.deleteConflict("Cannot delete the default version of a policy.");
            }
            store.deleteVersion(policy, version.number());
        });
    }

    static AwsException ofAws(String arn) {
        return AwsException.of("AccessDenied", 403, "Policy " + arn + " is managed by AWS and cannot be changed.");
    }

    /** As {@code GetAccountAuthorizationDetails} and {@code GetPolicyVersion} tell it. */
    public static PolicyVersion shape(ManagedPolicy policy, ManagedPolicy.Version version, boolean withDocument) {
        PolicyVersion.Builder shape = PolicyVersion.builder()
                .versionId(version.id())
                .isDefaultVersion(version.number() == policy.defaultVersion())
                .createDate(version.createdAt());
        return (withDocument ? shape.document(version.encodedDocument()) : shape).build();
    }

    private ManagedPolicy.Version version(ManagedPolicy policy, String id) {
        return store.version(policy, id).orElseThrow(() -> IamErrors.noSuchPolicyVersion(policy.arn(), id));
    }

    private static Policy.Builder shape(ManagedPolicy policy) {
        return Policy.builder()
                .policyName(policy.name())
                .policyId(policy.id())
                .arn(policy.arn())
                .path(policy.path())
                .defaultVersionId(policy.defaultVersionId())
                .attachmentCount(policy.attachments())
                .permissionsBoundaryUsageCount(policy.boundaries())
                .isAttachable(true)
                .createDate(policy.createdAt())
                .updateDate(policy.updatedAt());
    }

    /** Newest first, as a text that sorts so. */
    private static String order(ManagedPolicy.Version version) {
        return String.format("%010d", Integer.MAX_VALUE - version.number());
    }

    private static @Nullable Boolean scope(@Nullable String scope) {
        return scope == null || scope.equals("All") ? null : scope.equals("AWS");
    }

    private static @Nullable Boolean isBoundary(@Nullable String usage) {
        return usage == null ? null : usage.equals(PolicyUsageType.PERMISSIONS_BOUNDARY.toString());
    }

    private static String checked(String document) {
        PolicyTexts.parse(document, PolicyKind.IDENTITY);
        if (PolicyTexts.size(document) > Quotas.POLICY_CHARACTERS) {
            throw IamErrors.limitExceeded("PolicySize", Quotas.POLICY_CHARACTERS);
        }
        return document;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.SECONDS);
    }
}
