package io.riacho.auth.kms.api;

import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.access.RequestFacts;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.Keys;
import io.riacho.auth.kms.material.MaterialRecord;
import io.riacho.auth.kms.material.Materials;
import io.riacho.protocol.RequestContext;
import java.util.List;
import java.util.Objects;
import software.amazon.awssdk.services.kms.model.DisableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.EnableKeyRotationRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusRequest;
import software.amazon.awssdk.services.kms.model.GetKeyRotationStatusResponse;
import software.amazon.awssdk.services.kms.model.IncludeKeyMaterial;
import software.amazon.awssdk.services.kms.model.KeyMaterialState;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsRequest;
import software.amazon.awssdk.services.kms.model.ListKeyRotationsResponse;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandRequest;
import software.amazon.awssdk.services.kms.model.RotateKeyOnDemandResponse;
import software.amazon.awssdk.services.kms.model.RotationsListEntry;

/**
 * Rotation: new material encrypts from then on, and the former goes on to decrypt. On demand it is done before the answer
 * is given, so that no rotation is ever seen under way.
 */
public final class RotationOperations {

    private static final int DEFAULT_LIMIT = 100;
    private static final int MAX_LIMIT = 1000;

    private final Keys keys;
    private final Materials materials;
    private final KeyAccess access;

    public RotationOperations(Keys keys, Materials materials, KeyAccess access) {
        this.keys = keys;
        this.materials = materials;
        this.access = access;
    }

    public void enableKeyRotation(EnableKeyRotationRequest request, RequestContext context) {
        int days = Objects.requireNonNullElse(request.rotationPeriodInDays(), Keys.DEFAULT_ROTATION_DAYS);
        Key key = access.keyById(
                context,
                "EnableKeyRotation",
                request.keyId(),
                RequestFacts.none().with("kms:rotationperiodindays", days));
        keys.enableRotation(key.id(), days);
    }

    public void disableKeyRotation(DisableKeyRotationRequest request, RequestContext context) {
        keys.disableRotation(access.keyById(context, "DisableKeyRotation", request.keyId(), RequestFacts.none())
                .id());
    }

    public GetKeyRotationStatusResponse getKeyRotationStatus(
            GetKeyRotationStatusRequest request, RequestContext context) {
        Key key = access.keyById(context, "GetKeyRotationStatus", request.keyId(), RequestFacts.none());
        Key.RotationPlan plan = key.rotation();
        GetKeyRotationStatusResponse.Builder status =
                GetKeyRotationStatusResponse.builder().keyId(key.arn()).keyRotationEnabled(plan != null);
        if (plan != null) {
            status.rotationPeriodInDays(plan.periodDays()).nextRotationDate(plan.next());
        }
        return status.build();
    }

    public RotateKeyOnDemandResponse rotateKeyOnDemand(RotateKeyOnDemandRequest request, RequestContext context) {
        Key key = access.keyById(context, "RotateKeyOnDemand", request.keyId(), RequestFacts.none());
        keys.rotateOnDemand(key.id());
        return RotateKeyOnDemandResponse.builder().keyId(key.arn()).build();
    }

    public ListKeyRotationsResponse listKeyRotations(ListKeyRotationsRequest request, RequestContext context) {
        Key key = access.keyById(context, "ListKeyRotations", request.keyId(), RequestFacts.none());
        int limit = Markers.limit(request.limit(), DEFAULT_LIMIT, MAX_LIMIT);
        int after = version(request.marker() == null ? "0" : Markers.open(request.marker()));
        boolean all = request.includeKeyMaterial() == IncludeKeyMaterial.ALL_KEY_MATERIAL;
        List<MaterialRecord> behind = materials.of(key.id()).stream()
                .filter(material -> material.version() > after && (all || material.rotation() != null))
                .toList();
        Markers.Page<MaterialRecord> page =
                Markers.page(behind, limit, material -> Integer.toString(material.version()));
        return ListKeyRotationsResponse.builder()
                .rotations(page.items().stream()
                        .map(material -> describe(key, material))
                        .toList())
                .truncated(page.isTruncated())
                .nextMarker(page.next())
                .build();
    }

    private static RotationsListEntry describe(Key key, MaterialRecord material) {
        RotationsListEntry.Builder entry = RotationsListEntry.builder()
                .keyId(key.arn())
                .keyMaterialId(material.id())
                .keyMaterialState(
                        material.id().equals(key.materialId())
                                ? KeyMaterialState.CURRENT
                                : KeyMaterialState.NON_CURRENT);
        MaterialRecord.Rotation rotation = material.rotation();
        if (rotation != null) {
            entry.rotationType(rotation.name()).rotationDate(material.createdAt());
        }
        return entry.build();
    }

    private static int version(String marker) {
        try {
            return Integer.parseInt(marker);
        } catch (NumberFormatException _) {
            throw KmsErrors.invalidMarker();
        }
    }
}
