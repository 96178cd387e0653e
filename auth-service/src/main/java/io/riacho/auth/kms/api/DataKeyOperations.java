package io.riacho.auth.kms.api;

import io.riacho.auth.kms.access.KeyAccess;
import io.riacho.auth.kms.access.RequestFacts;
import io.riacho.auth.kms.cipher.EncryptionContext;
import io.riacho.auth.kms.error.KmsErrors;
import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyCipher;
import io.riacho.protocol.RequestContext;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.core.SdkBytes;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyResponse;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextRequest;
import software.amazon.awssdk.services.kms.model.GenerateDataKeyWithoutPlaintextResponse;
import software.amazon.awssdk.services.kms.model.GenerateRandomRequest;
import software.amazon.awssdk.services.kms.model.GenerateRandomResponse;

/** Keys for others to encrypt with, and random bytes. */
public final class DataKeyOperations {

    private final KeyAccess access;
    private final KeyCipher cipher;

    public DataKeyOperations(KeyAccess access, KeyCipher cipher) {
        this.access = access;
        this.cipher = cipher;
    }

    public GenerateDataKeyResponse generateDataKey(GenerateDataKeyRequest request, RequestContext context) {
        CryptographicOperations.requireNoRecipient(request.recipient());
        int length = length(request.keySpecAsString(), request.numberOfBytes());
        EncryptionContext given = EncryptionContext.of(request.encryptionContext());
        RequestFacts facts = RequestFacts.none().withContext(given).withGrantTokens(request.grantTokens());
        Key key = access.key(context, "GenerateDataKey", request.keyId(), facts);
        byte[] plaintext = KeyCipher.random(length);
        byte[] blob = cipher.encrypt(key, plaintext, given);
        CryptographicOperations.requireNotDry(request.dryRun());
        return GenerateDataKeyResponse.builder()
                .plaintext(SdkBytes.fromByteArrayUnsafe(plaintext))
                .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(blob))
                .keyId(key.arn())
                .keyMaterialId(key.materialId())
                .build();
    }

    public GenerateDataKeyWithoutPlaintextResponse generateDataKeyWithoutPlaintext(
            GenerateDataKeyWithoutPlaintextRequest request, RequestContext context) {
        int length = length(request.keySpecAsString(), request.numberOfBytes());
        EncryptionContext given = EncryptionContext.of(request.encryptionContext());
        RequestFacts facts = RequestFacts.none().withContext(given).withGrantTokens(request.grantTokens());
        Key key = access.key(context, "GenerateDataKeyWithoutPlaintext", request.keyId(), facts);
        byte[] blob = cipher.encrypt(key, KeyCipher.random(length), given);
        CryptographicOperations.requireNotDry(request.dryRun());
        return GenerateDataKeyWithoutPlaintextResponse.builder()
                .ciphertextBlob(SdkBytes.fromByteArrayUnsafe(blob))
                .keyId(key.arn())
                .keyMaterialId(key.materialId())
                .build();
    }

    public GenerateRandomResponse generateRandom(GenerateRandomRequest request, RequestContext context) {
        CryptographicOperations.requireNoRecipient(request.recipient());
        if (request.customKeyStoreId() != null) {
            throw KmsErrors.unsupported("Custom key stores are not supported by this server.");
        }
        Integer length = request.numberOfBytes();
        if (length == null) {
            throw KmsErrors.validation("NumberOfBytes is required.");
        }
        access.require(context, "GenerateRandom", RequestFacts.none());
        return GenerateRandomResponse.builder()
                .plaintext(SdkBytes.fromByteArrayUnsafe(KeyCipher.random(length)))
                .build();
    }

    private static int length(@Nullable String spec, @Nullable Integer numberOfBytes) {
        if ((spec == null) == (numberOfBytes == null)) {
            throw KmsErrors.validation("Please specify either number of bytes or key spec.");
        }
        if (numberOfBytes != null) {
            return numberOfBytes;
        }
        return "AES_128".equals(spec) ? 16 : 32;
    }
}
