package io.riacho.auth.kms.api;

import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.access.RequestFacts;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyNaming;
import io.riacho.auth.kms.key.KeyPolicies;
import io.riacho.auth.kms.key.Keys;
import io.riacho.auth.kms.key.NewKey;
import io.riacho.policy.NamedPolicy;
import io.riacho.protocol.RequestContext;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.CancelKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.CreateKeyRequest;
import software.amazon.awssdk.services.kms.model.CreateKeyResponse;
import software.amazon.awssdk.services.kms.model.DescribeKeyRequest;
import software.amazon.awssdk.services.kms.model.DescribeKeyResponse;
import software.amazon.awssdk.services.kms.model.DisableKeyRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRequest;
import software.amazon.awssdk.services.kms.model.KeyListEntry;
import software.amazon.awssdk.services.kms.model.ListKeysRequest;
import software.amazon.awssdk.services.kms.model.ListKeysResponse;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionRequest;
import software.amazon.awssdk.services.kms.model.ScheduleKeyDeletionResponse;
import software.amazon.awssdk.services.kms.model.UpdateKeyDescriptionRequest;

/** Keys: made, described, listed, switched on and off, deleted. */
public final class KeyOperations {

    private static final int MIN_PENDING_DAYS = 7;
    private static final int MAX_PENDING_DAYS = 30;
    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Keys keys;
    private final KeyPolicies policies;
    private final KeyAccess access;
    private final KeyNaming naming;

    public KeyOperations(Keys keys, KeyPolicies policies, KeyAccess access, KeyNaming naming) {
        this.keys = keys;
        this.policies = policies;
        this.access = access;
        this.naming = naming;
    }

    public CreateKeyResponse createKey(CreateKeyRequest request, RequestContext context) {
        requireServed(request);
        Map<String, String> tags = Tags.read(request.tags());
        boolean bypass = Boolean.TRUE.equals(request.bypassPolicyLockoutSafetyCheck());
        RequestFacts facts = RequestFacts.none()
                .withTags(tags)
                .with("kms:bypasspolicylockoutsafetycheck", bypass)
                .with("kms:keyspec", "SYMMETRIC_DEFAULT")
                .with("kms:customermasterkeyspec", "SYMMETRIC_DEFAULT")
                .with("kms:keyusage", "ENCRYPT_DECRYPT")
                .with("kms:customermasterkeyusage", "ENCRYPT_DECRYPT")
                .with("kms:keyorigin", "AWS_KMS")
                .with("kms:multiregion", false);
        access.require(context, "CreateKey", facts);
        if (!tags.isEmpty()) {
            access.require(context, "TagResource", facts);
        }
        UUID id = keys.newId();
        String given = request.policy();
        NamedPolicy policy = policies.check(naming.arnOf(id), given == null ? policies.ofAccount() : given);
        if (given != null && !bypass) {
            access.requireNoLockout(context, naming.arnOf(id), policy, facts);
        }
        Key key = keys.create(
                id,
                new NewKey(
                        Objects.requireNonNullElse(request.description(), ""),
                        false,
                        policy.document().text(),
                        tags));
        return CreateKeyResponse.builder()
                .keyMetadata(KeyDescriptions.of(key, naming))
                .build();
    }

    public DescribeKeyResponse describeKey(DescribeKeyRequest request, RequestContext context) {
        Key key = access.key(
                context, "DescribeKey", request.keyId(), RequestFacts.none().withGrantTokens(request.grantTokens()));
        return DescribeKeyResponse.builder()
                .keyMetadata(KeyDescriptions.of(key, naming))
                .build();
    }

    public ListKeysResponse listKeys(ListKeysRequest request, RequestContext context) {
        access.require(context, "ListKeys", RequestFacts.none());
        int limit = Markers.limit(request.limit(), DEFAULT_LIMIT, MAX_LIMIT);
        Markers.Page<UUID> page =
                Markers.page(keys.list(Markers.openUuid(request.marker()), limit + 1), limit, UUID::toString);
        return ListKeysResponse.builder()
                .keys(page.items().stream()
                        .map(id -> KeyListEntry.builder()
                                .keyId(id.toString())
                                .keyArn(naming.arnOf(id))
                                .build())
                        .toList())
                .truncated(page.isTruncated())
                .nextMarker(page.next())
                .build();
    }

    public void updateKeyDescription(UpdateKeyDescriptionRequest request, RequestContext context) {
        Key key = access.keyById(context, "UpdateKeyDescription", request.keyId(), RequestFacts.none());
        keys.describe(key.id(), request.description());
    }

    public void enableKey(EnableKeyRequest request, RequestContext context) {
        keys.enable(access.keyById(context, "EnableKey", request.keyId(), RequestFacts.none())
                .id());
    }

    public void disableKey(DisableKeyRequest request, RequestContext context) {
        keys.disable(access.keyById(context, "DisableKey", request.keyId(), RequestFacts.none())
                .id());
    }

    public ScheduleKeyDeletionResponse scheduleKeyDeletion(ScheduleKeyDeletionRequest request, RequestContext context) {
        int days = Objects.requireNonNullElse(request.pendingWindowInDays(), MAX_PENDING_DAYS);
        if (days < MIN_PENDING_DAYS || days > MAX_PENDING_DAYS) {
            throw KmsErrors.validation("1 validation error detected: Value '" + days
                    + "' at 'pendingWindowInDays' failed to satisfy constraint: Member must have value "
                    + (days < MIN_PENDING_DAYS
                            ? "greater than or equal to " + MIN_PENDING_DAYS
                            : "less than or equal to " + MAX_PENDING_DAYS));
        }
        Key key = access.keyById(
                context,
                "ScheduleKeyDeletion",
                request.keyId(),
                RequestFacts.none().with("kms:scheduledeletionpendingwindowindays", days));
        Key scheduled = keys.scheduleDeletion(key.id(), days);
        return ScheduleKeyDeletionResponse.builder()
                .keyId(scheduled.arn())
                .keyState(scheduled.state().wireName())
                .deletionDate(Objects.requireNonNull(scheduled.deletion()).at())
                .pendingWindowInDays(days)
                .build();
    }

    public CancelKeyDeletionResponse cancelKeyDeletion(CancelKeyDeletionRequest request, RequestContext context) {
        Key key = access.keyById(context, "CancelKeyDeletion", request.keyId(), RequestFacts.none());
        keys.cancelDeletion(key.id());
        return CancelKeyDeletionResponse.builder().keyId(key.arn()).build();
    }

    @SuppressWarnings("deprecation") // Older clients give the key's spec under its former name.
    private static void requireServed(CreateKeyRequest request) {
        String spec = request.keySpecAsString();
        String formerSpec = request.customerMasterKeySpecAsString();
        if (spec != null && formerSpec != null) {
            throw KmsErrors.validation("You cannot specify KeySpec and CustomerMasterKeySpec in the same request."
                    + " CustomerMasterKeySpec is deprecated.");
        }
        requireValue("KeySpec", spec == null ? formerSpec : spec, "SYMMETRIC_DEFAULT");
        requireValue("KeyUsage", request.keyUsageAsString(), "ENCRYPT_DECRYPT");
        requireValue("Origin", request.originAsString(), "AWS_KMS");
        if (Boolean.TRUE.equals(request.multiRegion())) {
            throw KmsErrors.unsupported("Multi-Region keys are not supported by this server.");
        }
        if (request.customKeyStoreId() != null || request.xksKeyId() != null) {
            throw KmsErrors.unsupported("Custom key stores are not supported by this server.");
        }
    }

    private static void requireValue(String member, @Nullable String value, String served) {
        if (value != null && !value.equals(served)) {
            throw KmsErrors.unsupported(member + " " + value + " is not supported by this server, " + served + " is.");
        }
    }
}
