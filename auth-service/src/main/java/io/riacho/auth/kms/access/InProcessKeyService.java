package io.riacho.auth.kms.access;

import io.riacho.auth.kms.cipher.CiphertextBlob;
import io.riacho.auth.kms.cipher.EncryptionContext;
import io.riacho.auth.kms.grant.Grants;
import io.riacho.auth.kms.key.Aliases;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyCipher;
import io.riacho.auth.kms.key.KeyNaming;
import io.riacho.auth.kms.key.KeyPolicies;
import io.riacho.auth.kms.key.KeyReference;
import io.riacho.auth.kms.key.Keys;
import io.riacho.protocol.AwsException;
import io.riacho.protocol.key.DataKey;
import io.riacho.protocol.key.KeyDescription;
import io.riacho.protocol.key.KeyException;
import io.riacho.protocol.key.KeyService;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** The keys of this process for the services that run in it. */
public final class InProcessKeyService implements KeyService {

    private static final int DATA_KEY_BYTES = 32;

    private final Keys keys;
    private final Aliases aliases;
    private final Grants grants;
    private final KeyPolicies policies;
    private final KeyCipher cipher;
    private final KeyNaming naming;

    public InProcessKeyService(
            Keys keys, Aliases aliases, Grants grants, KeyPolicies policies, KeyCipher cipher, KeyNaming naming) {
        this.keys = keys;
        this.aliases = aliases;
        this.grants = grants;
        this.policies = policies;
        this.cipher = cipher;
        this.naming = naming;
    }

    @Override
    public KeyDescription describe(String keyId) {
        return translated(() -> {
            Key key = find(keyId);
            return new KeyDescription(
                    key.arn(),
                    naming.accountId(),
                    key.state().wireName(),
                    ServicePolicy.of(key, grants.of(key.id(), ServicePolicy.OPERATIONS), policies));
        });
    }

    @Override
    public DataKey generateDataKey(String keyId, Map<String, String> context) {
        return translated(() -> {
            Key key = find(keyId);
            byte[] plaintext = KeyCipher.random(DATA_KEY_BYTES);
            return new DataKey(key.arn(), plaintext, cipher.encrypt(key, plaintext, EncryptionContext.of(context)));
        });
    }

    @Override
    public byte[] unwrap(byte[] wrapped, Map<String, String> context) {
        return translated(() -> {
            CiphertextBlob blob = CiphertextBlob.read(wrapped);
            return cipher.decrypt(keys.get(blob.keyId()), blob, EncryptionContext.of(context));
        });
    }

    private Key find(String keyId) {
        return switch (KeyReference.read(keyId, naming)) {
            case KeyReference.ById(UUID id) -> keys.get(id);
            case KeyReference.ByAlias(String alias) -> {
                Optional<Key> key = aliases.findKey(alias);
                yield key.orElseThrow(() -> new KeyException(
                        KeyException.Reason.NOT_FOUND, "Alias " + naming.arnOfAlias(alias) + " is not found."));
            }
        };
    }

    private static <T> T translated(Supplier<T> work) {
        try {
            return work.get();
        } catch (AwsException e) {
            throw new KeyException(reason(e.type()), e.getMessage());
        } catch (DataAccessException | TransactionException e) {
            throw new KeyException(KeyException.Reason.UNAVAILABLE, "The keys cannot be read: " + e.getMessage());
        }
    }

    private static KeyException.Reason reason(String type) {
        return switch (type) {
            case "NotFoundException", "InvalidArnException" -> KeyException.Reason.NOT_FOUND;
            case "DisabledException" -> KeyException.Reason.DISABLED;
            case "KMSInvalidStateException" -> KeyException.Reason.INVALID_STATE;
            case "KeyUnavailableException" -> KeyException.Reason.UNAVAILABLE;
            default -> KeyException.Reason.ACCESS_DENIED;
        };
    }
}
