package io.riacho.auth.kms.api;

import io.riacho.auth.kms.access.Authorized;
import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.access.RequestFacts;
import io.riacho.auth.kms.cipher.EncryptionContext;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.grant.ContextRule;
import io.riacho.auth.kms.grant.Grant;
import io.riacho.auth.kms.grant.GrantOperation;
import io.riacho.auth.kms.grant.GrantTokens;
import io.riacho.auth.kms.grant.Grants;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyNaming;
import io.riacho.policy.Principal;
import io.riacho.protocol.RequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.kms.model.CreateGrantRequest;
import software.amazon.awssdk.services.kms.model.CreateGrantResponse;
import software.amazon.awssdk.services.kms.model.ListGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListGrantsResponse;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsRequest;
import software.amazon.awssdk.services.kms.model.ListRetirableGrantsResponse;
import software.amazon.awssdk.services.kms.model.RetireGrantRequest;
import software.amazon.awssdk.services.kms.model.RevokeGrantRequest;

/** Grants. */
public final class GrantOperations {

    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_LIMIT = 100;

    private final Grants grants;
    private final GrantTokens tokens;
    private final KeyAccess access;
    private final KeyNaming naming;

    public GrantOperations(Grants grants, GrantTokens tokens, KeyAccess access, KeyNaming naming) {
        this.grants = grants;
        this.tokens = tokens;
        this.access = access;
        this.naming = naming;
    }

    public CreateGrantResponse createGrant(CreateGrantRequest request, RequestContext context) {
        Grant.Terms terms = GrantTerms.read(request);
        ContextRule rule = terms.rule();
        RequestFacts facts = RequestFacts.none()
                .withGrantTokens(request.grantTokens())
                .with("kms:granteeprincipal", terms.grantee())
                .with("kms:retiringprincipal", terms.retiring())
                .with("kms:grantoperations", terms.operationNames())
                .with("kms:grantconstrainttype", GrantTerms.constraintType(terms))
                .with("kms:grantisforawsresource", false)
                .withContext(rule == null ? EncryptionContext.NONE : EncryptionContext.of(rule.pairs()));
        Authorized authorized = access.authorize(context, "CreateGrant", request.keyId(), facts);
        Grant by = authorized.grant();
        if (by != null && !by.terms().mayPassOn(terms)) {
            access.requireByPolicy(context, "CreateGrant", authorized.key(), facts);
        }
        Key key = authorized.key().requireEnabled();
        requireNotDry(request.dryRun());
        Grant grant = grants.create(key.id(), context.accountId(), terms);
        return CreateGrantResponse.builder()
                .grantId(grant.id())
                .grantToken(tokens.of(grant))
                .build();
    }

    public ListGrantsResponse listGrants(ListGrantsRequest request, RequestContext context) {
        Key key = access.keyById(context, "ListGrants", request.keyId(), RequestFacts.none());
        int limit = Markers.limit(request.limit(), DEFAULT_LIMIT, MAX_LIMIT);
        List<Grant> found;
        if (request.grantId() != null) {
            found = grants
                    .find(request.grantId())
                    .filter(grant -> grant.keyId().equals(key.id())
                            && (request.granteePrincipal() == null
                                    || request.granteePrincipal()
                                            .equals(grant.terms().grantee())))
                    .stream()
                    .toList();
        } else {
            found = grants.list(key.id(), request.granteePrincipal(), Markers.open(request.marker()), limit + 1);
        }
        Markers.Page<Grant> page = Markers.page(found, limit, Grant::id);
        return ListGrantsResponse.builder()
                .grants(page.items().stream()
                        .map(grant -> GrantTerms.describe(grant, key.arn()))
                        .toList())
                .truncated(page.isTruncated())
                .nextMarker(page.next())
                .build();
    }

    public ListRetirableGrantsResponse listRetirableGrants(ListRetirableGrantsRequest request, RequestContext context) {
        access.require(context, "ListRetirableGrants", RequestFacts.none());
        int limit = Markers.limit(request.limit(), DEFAULT_LIMIT, MAX_LIMIT);
        Markers.Page<Grant> page = Markers.page(
                grants.retirable(request.retiringPrincipal(), Markers.open(request.marker()), limit + 1),
                limit,
                Grant::id);
        return ListRetirableGrantsResponse.builder()
                .grants(page.items().stream()
                        .map(grant -> GrantTerms.describe(grant, naming.arnOf(grant.keyId())))
                        .toList())
                .truncated(page.isTruncated())
                .nextMarker(page.next())
                .build();
    }

    public void revokeGrant(RevokeGrantRequest request, RequestContext context) {
        Key key = access.keyById(context, "RevokeGrant", request.keyId(), RequestFacts.none());
        Grant grant = grants.find(request.grantId())
                .filter(found -> found.keyId().equals(key.id()))
                .orElseThrow(() -> KmsErrors.grantNotFound(request.grantId()));
        requireNotDry(request.dryRun());
        grants.delete(key.id(), grant.id());
    }

    /** The retiring principal needs no permission, nor does a grantee whose grant lets it; others need one. */
    public void retireGrant(RetireGrantRequest request, RequestContext context) {
        Grant grant = grantToRetire(request);
        Principal principal = context.caller().principal();
        Grant.Terms terms = grant.terms();
        if (names(terms.retiring(), principal)
                || (names(terms.grantee(), principal) && terms.operations().contains(GrantOperation.RETIRE_GRANT))) {
            context.requireNothing();
        } else {
            access.key(context, "RetireGrant", grant.keyId().toString(), RequestFacts.none());
        }
        requireNotDry(request.dryRun());
        grants.delete(grant.keyId(), grant.id());
    }

    private Grant grantToRetire(RetireGrantRequest request) {
        if (request.grantToken() != null) {
            String id = tokens.open(request.grantToken());
            return grants.find(id).orElseThrow(() -> KmsErrors.grantNotFound(id));
        }
        if (request.keyId() == null || request.grantId() == null) {
            throw KmsErrors.validation("Either a grant token, or a key ARN and a grant ID, must be specified.");
        }
        // Ids cannot be guessed, so that to know one says nothing of others' grants.
        return grants.find(request.grantId())
                .filter(grant -> naming.arnOf(grant.keyId()).equals(request.keyId())
                        || grant.keyId().toString().equals(request.keyId()))
                .orElseThrow(() -> KmsErrors.grantNotFound(request.grantId()));
    }

    private static boolean names(@Nullable String arn, Principal principal) {
        return arn != null && (arn.equals(principal.arn()) || arn.equals(principal.issuerArn()));
    }

    private static void requireNotDry(@Nullable Boolean dryRun) {
        if (Boolean.TRUE.equals(dryRun)) {
            throw KmsErrors.dryRun();
        }
    }
}
