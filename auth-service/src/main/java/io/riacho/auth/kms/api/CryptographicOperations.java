package io.riacho.auth.kms.api;

import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.access.RequestFacts;
import io.riacho.auth.kms.cipher.CiphertextBlob;
import io.riacho.auth.kms.cipher.EncryptionContext;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyCipher;
import io.riacho.protocol.RequestContext;
import java.util.List;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.DecryptRequest;
import software.amazon.awssdk.services.kms.model.DecryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptRequest;
import software.amazon.awssdk.services.kms.model.EncryptResponse;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.ReEncryptRequest;
import software.amazon.awssdk.services.kms.model.ReEncryptResponse;
import software.amazon.awssdk.services.kms.model.RecipientInfo;

/** Encrypt, Decrypt and ReEncrypt. */
public final class CryptographicOperations {

    private static final String ALGORITHM = "SYMMETRIC_DEFAULT";

    private final KeyAccess access;
    private final KeyCipher cipher;

    public CryptographicOperations(KeyAccess access, KeyCipher cipher) {
        this.access = access;
        this.cipher = cipher;
    }

    public EncryptResponse encrypt(EncryptRequest request, RequestContext context) {
        requireServed(request.encryptionAlgorithmAsString());
        EncryptionContext given = EncryptionContext.of(request.encryptionContext());
        Key key = access.key(context, "Encrypt", request.keyId(), facts(given, request.grantTokens()));
        byte[] blob = cipher.encrypt(key, request.plaintext().asByteArrayUnsafe(), given);
        requireNotDry(request.dryRun());
        return EncryptResponse.builder()
                .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(blob))
                .keyId(key.arn())
                .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                .build();
    }

    public DecryptResponse decrypt(DecryptRequest request, RequestContext context) {
        requireServed(request.encryptionAlgorithmAsString());
        requireNoRecipient(request.recipient());
        requireNoModifiers(request.dryRunModifiersAsStrings());
        CiphertextBlob blob = read(request.ciphertextBlob());
        EncryptionContext given = EncryptionContext.of(request.encryptionContext());
        Key key = keyOf(context, "Decrypt", request.keyId(), blob, facts(given, request.grantTokens()));
        byte[] plaintext = cipher.decrypt(key, blob, given);
        requireNotDry(request.dryRun());
        return DecryptResponse.builder()
                .plaintext(SdkBytes.fromByteArrayUnsafe(plaintext))
                .keyId(key.arn())
                .encryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                .keyMaterialId(blob.materialId())
                .build();
    }

    public ReEncryptResponse reEncrypt(ReEncryptRequest request, RequestContext context) {
        requireServed(request.sourceEncryptionAlgorithmAsString());
        requireServed(request.destinationEncryptionAlgorithmAsString());
        requireNoModifiers(request.dryRunModifiersAsStrings());
        CiphertextBlob blob = read(request.ciphertextBlob());
        EncryptionContext before = EncryptionContext.of(request.sourceEncryptionContext());
        EncryptionContext after = EncryptionContext.of(request.destinationEncryptionContext());
        Key source = keyOf(context, "ReEncryptFrom", request.sourceKeyId(), blob, facts(before, request.grantTokens()));
        Key destination =
                access.key(context, "ReEncryptTo", request.destinationKeyId(), facts(after, request.grantTokens()));
        byte[] moved = cipher.encrypt(destination, cipher.decrypt(source, blob, before), after);
        requireNotDry(request.dryRun());
        return ReEncryptResponse.builder()
                .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(moved))
                .sourceKeyId(source.arn())
                .keyId(destination.arn())
                .sourceEncryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                .destinationEncryptionAlgorithm(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                .sourceKeyMaterialId(blob.materialId())
                .destinationKeyMaterialId(destination.materialId())
                .build();
    }

    /** The key that encrypted it, which has to be the one that the request names, where it names one. */
    private Key keyOf(
            RequestContext context, String action, @Nullable String keyId, CiphertextBlob blob, RequestFacts facts) {
        if (keyId == null) {
            return access.keyOfCiphertext(context, action, blob.keyId(), facts);
        }
        Key key = access.key(context, action, keyId, facts);
        if (!key.id().equals(blob.keyId())) {
            throw KmsErrors.incorrectKey();
        }
        return key;
    }

    private static CiphertextBlob read(@Nullable SdkBytes blob) {
        if (blob == null) {
            throw KmsErrors.validation("1 validation error detected: Value null at 'ciphertextBlob' failed to satisfy"
                    + " constraint: Member must not be null");
        }
        return CiphertextBlob.read(blob.asByteArrayUnsafe());
    }

    private static RequestFacts facts(EncryptionContext context, List<String> grantTokens) {
        return RequestFacts.none()
                .withContext(context)
                .withGrantTokens(grantTokens)
                .with("kms:encryptionalgorithm", ALGORITHM);
    }

    static void requireNoRecipient(@Nullable RecipientInfo recipient) {
        if (recipient != null) {
            throw KmsErrors.unsupported("Recipient (Nitro enclaves) is not supported by this server.");
        }
    }

    static void requireNotDry(@Nullable Boolean dryRun) {
        if (Boolean.TRUE.equals(dryRun)) {
            throw KmsErrors.dryRun();
        }
    }

    private static void requireNoModifiers(List<String> modifiers) {
        if (!modifiers.isEmpty()) {
            throw KmsErrors.unsupported("DryRunModifiers are not supported by this server.");
        }
    }

    private static void requireServed(@Nullable String algorithm) {
        if (algorithm != null && !algorithm.equals(ALGORITHM)) {
            throw KmsErrors.invalidKeyUsage(
                    "The algorithm " + algorithm + " is not compatible with a key of spec SYMMETRIC_DEFAULT.");
        }
    }
}
