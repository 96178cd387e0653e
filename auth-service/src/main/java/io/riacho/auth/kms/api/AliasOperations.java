package io.riacho.auth.kms.api;

import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.access.RequestFacts;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.key.Alias;
import io.riacho.auth.kms.key.Aliases;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyNaming;
import io.riacho.auth.kms.key.KeyReference;
import io.riacho.protocol.RequestContext;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.AliasListEntry;
import software.amazon.awssdk.services.kms.model.CreateAliasRequest;
import software.amazon.awssdk.services.kms.model.DeleteAliasRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesRequest;
import software.amazon.awssdk.services.kms.model.ListAliasesResponse;
import software.amazon.awssdk.services.kms.model.UpdateAliasRequest;

/** Aliases. Who changes one needs the permission on the alias and on each key that it names before or after. */
public final class AliasOperations {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    private final Aliases aliases;
    private final KeyAccess access;
    private final KeyNaming naming;

    public AliasOperations(Aliases aliases, KeyAccess access, KeyNaming naming) {
        this.aliases = aliases;
        this.access = access;
        this.naming = naming;
    }

    public void createAlias(CreateAliasRequest request, RequestContext context) {
        String name = requireCustomers(request.aliasName());
        access.requireOnAlias(context, "CreateAlias", name);
        aliases.create(
                name, target(context, "CreateAlias", request.targetKeyId()).id());
    }

    public void updateAlias(UpdateAliasRequest request, RequestContext context) {
        String name = requireCustomers(request.aliasName());
        access.requireOnAlias(context, "UpdateAlias", name);
        Alias alias = aliases.find(name).orElseThrow(() -> KmsErrors.aliasNotFound(naming.arnOfAlias(name)));
        access.key(context, "UpdateAlias", alias.keyId().toString(), RequestFacts.none());
        aliases.update(
                name, target(context, "UpdateAlias", request.targetKeyId()).id());
    }

    public void deleteAlias(DeleteAliasRequest request, RequestContext context) {
        String name = requireCustomers(request.aliasName());
        access.requireOnAlias(context, "DeleteAlias", name);
        Alias alias = aliases.find(name).orElseThrow(() -> KmsErrors.aliasNotFound(naming.arnOfAlias(name)));
        Key key = access.key(context, "DeleteAlias", alias.keyId().toString(), RequestFacts.none());
        aliases.delete(name, key.id());
    }

    public ListAliasesResponse listAliases(ListAliasesRequest request, RequestContext context) {
        access.require(context, "ListAliases", RequestFacts.none());
        int limit = Markers.limit(request.limit(), DEFAULT_LIMIT, MAX_LIMIT);
        List<Alias> found =
                aliases.list(keyAskedFor(context, request.keyId()), Markers.open(request.marker()), limit + 1);
        Markers.Page<Alias> page = Markers.page(found, limit, Alias::name);
        return ListAliasesResponse.builder()
                .aliases(page.items().stream().map(this::describe).toList())
                .truncated(page.isTruncated())
                .nextMarker(page.next())
                .build();
    }

    private @Nullable UUID keyAskedFor(RequestContext context, @Nullable String keyId) {
        return keyId == null
                ? null
                : access.keyById(context, "ListAliases", keyId, RequestFacts.none())
                        .id();
    }

    private Key target(RequestContext context, String action, String keyId) {
        if (keyId.startsWith("alias/") || keyId.contains(":alias/")) {
            throw KmsErrors.validation("Aliases must refer to keys. Not aliases");
        }
        return access.key(context, action, keyId, RequestFacts.none());
    }

    private AliasListEntry describe(Alias alias) {
        return AliasListEntry.builder()
                .aliasName(alias.name())
                .aliasArn(naming.arnOfAlias(alias.name()))
                .targetKeyId(alias.keyId().toString())
                .creationDate(alias.createdAt())
                .lastUpdatedDate(alias.updatedAt())
                .build();
    }

    /** A name that customers may give. */
    private static String requireCustomers(String name) {
        if (!name.startsWith("alias/")) {
            throw KmsErrors.validation("Invalid identifier");
        }
        if (name.startsWith(Aliases.RESERVED)) {
            throw KmsErrors.reservedAlias();
        }
        if (!KeyReference.ALIAS.matcher(name).matches()) {
            throw KmsErrors.validation(name + " contains invalid characters for an alias");
        }
        return name;
    }
}
