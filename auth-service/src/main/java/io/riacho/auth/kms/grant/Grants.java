package io.riacho.auth.kms.grant;

import com.google.crypto.tink.subtle.Random;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.Keys;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;

/** All grants. Nothing is authorised here. Safe for use by many threads. */
public final class Grants {

    private static final int MAX_PER_KEY = 50_000;
    private static final int ID_BYTES = 32;

    private final GrantStore store;
    private final Keys keys;
    private final TransactionTemplate transactions;
    private final InstantSource clock;

    public Grants(JdbcClient jdbc, Keys keys, TransactionTemplate transactions, InstantSource clock) {
        this.store = new GrantStore(jdbc);
        this.keys = keys;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** Makes the grant; where its name tells that it was made before with the same terms, gives that one. */
    public Grant create(UUID keyId, String issuingAccount, Grant.Terms terms) {
        return Objects.requireNonNull(transactions.execute(_ -> {
            Key key = keys.lock(keyId).requireEnabled();
            Optional<Grant> same = terms.name() == null
                    ? Optional.empty()
                    : store.named(keyId, terms.name()).stream()
                            .filter(grant -> grant.terms().equals(terms))
                            .findFirst();
            return same.orElseGet(() -> insert(key, issuingAccount, terms));
        }));
    }

    public Optional<Grant> find(String id) {
        return store.find(id);
    }

    /** A grant that lets one of the principals do it with this encryption context. */
    public Optional<Grant> allowing(
            UUID keyId, Collection<String> principals, GrantOperation operation, Map<String, String> context) {
        return store.of(keyId, principals, operation).stream()
                .filter(grant -> grant.terms().allow(operation, context))
                .findFirst();
    }

    /** Grants on a key that let somebody do one of these, in the order of their ids, at most a thousand. */
    public List<Grant> of(UUID keyId, Collection<GrantOperation> operations) {
        return store.of(keyId, operations);
    }

    /** Grants on a key, in the order of their ids, behind the one given. */
    public List<Grant> list(UUID keyId, @Nullable String grantee, String after, int limit) {
        return store.list(keyId, grantee, after, limit);
    }

    /** Grants on all keys that the principal may retire, in the order of their ids, behind the one given. */
    public List<Grant> retirable(String principal, String after, int limit) {
        return store.retirable(principal, after, limit);
    }

    /** @throws io.riacho.protocol.AwsException NotFoundException */
    public void delete(UUID keyId, String grantId) {
        if (!store.delete(keyId, grantId)) {
            throw KmsErrors.grantNotFound(grantId);
        }
    }

    private Grant insert(Key key, String issuingAccount, Grant.Terms terms) {
        if (store.count(key.id()) >= MAX_PER_KEY) {
            throw KmsErrors.limitExceeded("The key " + key.arn() + " has its " + MAX_PER_KEY + " grants.");
        }
        Grant grant = new Grant(
                HexFormat.of().formatHex(Random.randBytes(ID_BYTES)),
                key.id(),
                issuingAccount,
                clock.instant().truncatedTo(ChronoUnit.MILLIS),
                terms);
        store.insert(grant);
        return grant;
    }
}
