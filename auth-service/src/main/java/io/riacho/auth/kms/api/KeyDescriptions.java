package io.riacho.auth.kms.api;

import io.riacho.auth.kms.key.Key;
import io.riacho.auth.kms.key.KeyNaming;
import io.riacho.auth.kms.key.KeyState;
import software.amazon.awssdk.services.kms.model.CustomerMasterKeySpec;
import software.amazon.awssdk.services.kms.model.EncryptionAlgorithmSpec;
import software.amazon.awssdk.services.kms.model.KeyManagerType;
import software.amazon.awssdk.services.kms.model.KeyMetadata;
import software.amazon.awssdk.services.kms.model.KeySpec;
import software.amazon.awssdk.services.kms.model.KeyUsageType;
import software.amazon.awssdk.services.kms.model.OriginType;

/** Keys as answers describe them. */
final class KeyDescriptions {

    private KeyDescriptions() {}

    @SuppressWarnings("deprecation") // Older clients read the key's spec under its former name.
    static KeyMetadata of(Key key, KeyNaming naming) {
        KeyMetadata.Builder metadata = KeyMetadata.builder()
                .awsAccountId(naming.accountId())
                .keyId(key.id().toString())
                .arn(key.arn())
                .creationDate(key.createdAt())
                .enabled(key.state() == KeyState.ENABLED)
                .description(key.description())
                .keyUsage(KeyUsageType.ENCRYPT_DECRYPT)
                .keyState(key.state().wireName())
                .origin(OriginType.AWS_KMS)
                .keyManager(key.isManagedByAws() ? KeyManagerType.AWS : KeyManagerType.CUSTOMER)
                .customerMasterKeySpec(CustomerMasterKeySpec.SYMMETRIC_DEFAULT)
                .keySpec(KeySpec.SYMMETRIC_DEFAULT)
                .encryptionAlgorithms(EncryptionAlgorithmSpec.SYMMETRIC_DEFAULT)
                .multiRegion(false)
                .currentKeyMaterialId(key.materialId());
        Key.Deletion deletion = key.deletion();
        if (deletion != null) {
            metadata.deletionDate(deletion.at());
        }
        return metadata.build();
    }
}
