package io.riacho.auth.kms.access;

import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.grant.Grant;
import io.riacho.auth.kms.grant.GrantOperation;
import io.riacho.auth.kms.grant.GrantTokens;
import io.riacho.auth.kms.grant.Grants;
import io.riacho.auth.kms.key.Aliases;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyNaming;
import io.riacho.auth.kms.key.KeyPolicies;
import io.riacho.auth.kms.key.KeyReference;
import io.riacho.auth.kms.key.Keys;
import io.riacho.policy.Decision;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.Principal;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.Permission;
import io.riacho.protocol.RequestContext;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Gives keys to operations, once the caller may do with them what it asks for. Which key an alias means is looked up once,
 * so that the key that was decided on is the one that is used. Safe for use by many threads.
 *
 * @see <a href="https://docs.aws.amazon.com/kms/latest/developerguide/determining-access.html">determining access</a>
 */
public final class KeyAccess {

    private static final String PREFIX = "kms:";

    private final Keys keys;
    private final Aliases aliases;
    private final Grants grants;
    private final GrantTokens tokens;
    private final KeyPolicies policies;
    private final KeyNaming naming;

    public KeyAccess(
            Keys keys, Aliases aliases, Grants grants, GrantTokens tokens, KeyPolicies policies, KeyNaming naming) {
        this.keys = keys;
        this.aliases = aliases;
        this.grants = grants;
        this.tokens = tokens;
        this.policies = policies;
        this.naming = naming;
    }

    /**
     * The key that the request names, by id, ARN, alias or alias ARN.
     *
     * @param action without its {@code kms:}
     * @throws AwsException AccessDeniedException; NotFoundException, which those only get whose IAM policies would let
     *     them do it
     */
    public Key key(RequestContext context, String action, String keyId, RequestFacts facts) {
        return authorize(context, action, keyId, facts).key();
    }

    /** As {@link #key}, but with what granted it. */
    public Authorized authorize(RequestContext context, String action, String keyId, RequestFacts facts) {
        KeyReference reference;
        try {
            reference = KeyReference.read(keyId, naming);
        } catch (AwsException notAKey) {
            // Tells the caller about its own text only.
            context.requireNothing();
            throw notAKey;
        }
        switch (reference) {
            case KeyReference.ById(UUID id) -> {
                Optional<Key> key = keys.find(id);
                if (key.isEmpty()) {
                    requireWithoutKey(context, action, naming.arnOf(id), facts);
                    throw KmsErrors.keyNotFound(naming.arnOf(id));
                }
                return authorize(context, action, key.get(), facts);
            }
            case KeyReference.ByAlias(String alias) -> {
                facts.with("kms:requestalias", alias);
                Optional<Key> key = aliases.findKey(alias);
                if (key.isEmpty()) {
                    requireWithoutKey(context, action, naming.arnOfAlias(alias), facts);
                    throw KmsErrors.aliasNotFound(naming.arnOfAlias(alias));
                }
                return authorize(context, action, key.get(), facts);
            }
        }
    }

    /** As {@link #key}, for operations that take no alias. */
    public Key keyById(RequestContext context, String action, String keyId, RequestFacts facts) {
        if (keyId.startsWith("alias/") || keyId.contains(":alias/")) {
            context.requireNothing();
            throw KmsErrors.invalidKeyId(keyId);
        }
        return key(context, action, keyId, facts);
    }

    /** The key that a ciphertext names; who it is not here for is not told whether it is anywhere. */
    public Key keyOfCiphertext(RequestContext context, String action, UUID id, RequestFacts facts) {
        Key key = keys.find(id).orElseThrow(KmsErrors::foreignCiphertext);
        return authorize(context, action, key, facts).key();
    }

    /** Requires what is about no key in particular. */
    public void require(RequestContext context, String action, RequestFacts facts) {
        requireWithoutKey(context, action, "*", facts);
    }

    /** Requires that the caller may do it with the alias, which IAM policies alone decide. */
    public void requireOnAlias(RequestContext context, String action, String alias) {
        requireWithoutKey(context, action, naming.arnOfAlias(alias), RequestFacts.none());
    }

    /**
     * Requires that the caller could put another policy if the key had this one.
     *
     * @throws AwsException MalformedPolicyDocumentException
     */
    public void requireNoLockout(RequestContext context, String keyArn, NamedPolicy policy, RequestFacts facts) {
        try {
            context.require(new Permission(
                    PREFIX + "PutKeyPolicy",
                    keyArn,
                    naming.accountId(),
                    conditionKeys(context, null, facts),
                    policy,
                    true));
        } catch (AwsException _) {
            throw KmsErrors.lockedOut();
        }
    }

    /** Requires that the caller may do it with the key by the key policy or IAM policies, whatever grants say. */
    public void requireByPolicy(RequestContext context, String action, Key key, RequestFacts facts) {
        context.require(permission(action, key, conditionKeys(context, key, facts), key.policy()));
    }

    private void requireWithoutKey(RequestContext context, String action, String resource, RequestFacts facts) {
        context.require(new Permission(
                PREFIX + action, resource, naming.accountId(), conditionKeys(context, null, facts), null, false));
    }

    private Authorized authorize(RequestContext context, String action, Key key, RequestFacts facts) {
        facts.grantTokens().forEach(tokens::open);
        Map<String, List<String>> conditionKeys = conditionKeys(context, key, facts);
        Optional<GrantOperation> operation = GrantOperation.named(action);
        Optional<Grant> grant = operation.flatMap(
                one -> grants.allowing(key.id(), namesOf(context.caller().principal()), one, facts.context()));
        if (grant.isEmpty()) {
            context.require(permission(action, key, conditionKeys, key.policy()));
            return new Authorized(key, null);
        }
        GrantedPolicy granted = GrantedPolicy.of(key, grant.get(), operation.orElseThrow(), policies);
        context.require(permission(action, key, conditionKeys, granted.policy()));
        Decision decision = context.decision();
        boolean byGrant = decision != null && granted.isDecidedByGrant(decision);
        return new Authorized(key, byGrant ? grant.get() : null);
    }

    private Permission permission(String action, Key key, Map<String, List<String>> conditionKeys, NamedPolicy policy) {
        return new Permission(PREFIX + action, key.arn(), naming.accountId(), conditionKeys, policy, true);
    }

    private static Map<String, List<String>> conditionKeys(
            RequestContext context, @Nullable Key key, RequestFacts facts) {
        Map<String, List<String>> all = new HashMap<>(facts.keys());
        all.put("kms:calleraccount", List.of(context.accountId()));
        if (key != null) {
            key.tags()
                    .forEach((name, value) ->
                            all.put("aws:resourcetag/" + name.toLowerCase(Locale.ROOT), List.of(value)));
            all.put("kms:keyorigin", List.of("AWS_KMS"));
            all.put("kms:keyspec", List.of("SYMMETRIC_DEFAULT"));
            all.put("kms:customermasterkeyspec", List.of("SYMMETRIC_DEFAULT"));
            all.put("kms:keyusage", List.of("ENCRYPT_DECRYPT"));
            all.put("kms:customermasterkeyusage", List.of("ENCRYPT_DECRYPT"));
            all.put("kms:multiregion", List.of("false"));
            if (!key.aliases().isEmpty()) {
                all.put("kms:resourcealiases", key.aliases());
            }
        }
        return all;
    }

    /** Whom a grant may name so that it is about the caller. */
    private static List<String> namesOf(Principal principal) {
        List<String> names = new ArrayList<>(List.of(principal.arn()));
        if (principal.issuerArn() != null) {
            names.add(principal.issuerArn());
        }
        if (!principal.accountId().isEmpty()) {
            names.add(Principal.root(principal.accountId()).arn());
        }
        return names;
    }
}
