package io.riacho.auth.iam.accesskey;

import io.riacho.auth.authority.AccessKeySecrets;
import io.riacho.auth.authority.AccessKeyUse;
import io.riacho.auth.authority.LastUses;
import io.riacho.auth.iam.CallerNames;
import io.riacho.auth.iam.IamChanges;
import io.riacho.auth.iam.IamErrors;
import io.riacho.auth.iam.Page;
import io.riacho.auth.iam.Quotas;
import io.riacho.auth.iam.entity.Entity;
import io.riacho.auth.iam.entity.EntityStore;
import io.riacho.auth.identity.EntityKind;
import io.riacho.auth.identity.UniqueIds;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.RequestContext;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.iam.model.AccessKey;
import software.amazon.awssdk.services.iam.model.AccessKeyLastUsed;
import software.amazon.awssdk.services.iam.model.AccessKeyMetadata;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.CreateAccessKeyResponse;
import software.amazon.awssdk.services.iam.model.DeleteAccessKeyRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedRequest;
import software.amazon.awssdk.services.iam.model.GetAccessKeyLastUsedResponse;
import software.amazon.awssdk.services.iam.model.ListAccessKeysRequest;
import software.amazon.awssdk.services.iam.model.ListAccessKeysResponse;
import software.amazon.awssdk.services.iam.model.StatusType;
import software.amazon.awssdk.services.iam.model.UpdateAccessKeyRequest;

/** Access keys. A secret is shown by the answer that made it, and never again. */
public final class AccessKeyOperations {

    private static final String NOT_AVAILABLE = "N/A";

    private final EntityStore entities;
    private final AccessKeyStore store;
    private final AccessKeySecrets secrets;
    private final LastUses uses;
    private final IamChanges changes;
    private final InstantSource clock;

    public AccessKeyOperations(
            EntityStore entities,
            AccessKeyStore store,
            AccessKeySecrets secrets,
            LastUses uses,
            IamChanges changes,
            InstantSource clock) {
        this.entities = entities;
        this.store = store;
        this.secrets = secrets;
        this.uses = uses;
        this.changes = changes;
        this.clock = clock;
    }

    public CreateAccessKeyResponse createAccessKey(CreateAccessKeyRequest request, RequestContext context) {
        String userName = CallerNames.orOwn(request.userName(), context.caller());
        String id = UniqueIds.ofAccessKey();
        String secret = AccessKeySecrets.newSecret();
        byte[] sealed = secrets.seal(id, secret);
        Instant now = clock.instant().truncatedTo(ChronoUnit.SECONDS);
        changes.run(() -> {
            Entity user = entities.lock(EntityKind.USER, userName);
            if (store.of(user).size() >= Quotas.ACCESS_KEYS_PER_USER) {
                throw IamErrors.limitExceeded("AccessKeysPerUser", Quotas.ACCESS_KEYS_PER_USER);
            }
            store.insert(id, user, sealed, now);
        });
        return CreateAccessKeyResponse.builder()
                .accessKey(AccessKey.builder()
                        .userName(userName)
                        .accessKeyId(id)
                        .secretAccessKey(secret)
                        .status(StatusType.ACTIVE)
                        .createDate(now)
                        .build())
                .build();
    }

    public ListAccessKeysResponse listAccessKeys(ListAccessKeysRequest request, RequestContext context) {
        Entity user = entities.require(EntityKind.USER, CallerNames.orOwn(request.userName(), context.caller()));
        Page<AccessKeyRow> keys =
                Page.Request.of(request.marker(), request.maxItems()).pageOf(store.of(user), AccessKeyRow::id);
        return ListAccessKeysResponse.builder()
                .accessKeyMetadata(keys.map(key -> AccessKeyMetadata.builder()
                        .userName(user.name())
                        .accessKeyId(key.id())
                        .status(key.active() ? StatusType.ACTIVE : StatusType.INACTIVE)
                        .createDate(key.createdAt())
                        .build()))
                .isTruncated(keys.isTruncated())
                .marker(keys.marker())
                .build();
    }

    public void updateAccessKey(UpdateAccessKeyRequest request, RequestContext context) {
        boolean active = switch (request.status()) {
            case ACTIVE -> true;
            case INACTIVE -> false;
            default -> throw IamErrors.validation("An access key's status is Active or Inactive.");
        };
        String userName = CallerNames.orOwn(request.userName(), context.caller());
        changes.run(() -> {
            if (!store.setActive(request.accessKeyId(), entities.lock(EntityKind.USER, userName), active)) {
                throw noSuchKey(request.accessKeyId());
            }
        });
    }

    public void deleteAccessKey(DeleteAccessKeyRequest request, RequestContext context) {
        String userName = CallerNames.orOwn(request.userName(), context.caller());
        changes.run(() -> {
            if (!store.delete(request.accessKeyId(), entities.lock(EntityKind.USER, userName))) {
                throw noSuchKey(request.accessKeyId());
            }
        });
    }

    public GetAccessKeyLastUsedResponse getAccessKeyLastUsed(GetAccessKeyLastUsedRequest request) {
        Entity user = store.find(request.accessKeyId())
                .flatMap(key -> entities.byId(key.userId()))
                .orElseThrow(() -> noSuchKey(request.accessKeyId()));
        Optional<AccessKeyUse> use = uses.of(request.accessKeyId());
        return GetAccessKeyLastUsedResponse.builder()
                .userName(user.name())
                .accessKeyLastUsed(AccessKeyLastUsed.builder()
                        .lastUsedDate(use.map(AccessKeyUse::at).orElse(null))
                        .serviceName(use.map(AccessKeyUse::service).orElse(NOT_AVAILABLE))
                        .region(use.map(AccessKeyUse::region).orElse(NOT_AVAILABLE))
                        .build())
                .build();
    }

    private static AwsException noSuchKey(@Nullable String id) {
        return IamErrors.noSuchEntity("The Access Key with id " + id + " cannot be found.");
    }
}
