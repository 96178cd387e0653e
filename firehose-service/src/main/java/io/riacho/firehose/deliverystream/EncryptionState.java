package io.riacho.firehose.deliverystream;

import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.services.firehose.model.DeliveryStreamEncryptionStatus;

/**
 * Whether a Direct PUT delivery stream's records are encrypted while they wait.
 *
 * @param key that is in force; null where nothing is encrypted. It stays in force where another key turns out not to work
 * @param wanted the key that is to be in force, while ENABLING
 * @param failure why ENABLING or DISABLING failed
 */
public record EncryptionState(
        DeliveryStreamEncryptionStatus status,
        @Nullable SourceKey key,
        @Nullable SourceKey wanted,
        @Nullable Failure failure) {

    static final EncryptionState OFF = new EncryptionState(DeliveryStreamEncryptionStatus.DISABLED, null, null, null);

    EncryptionState enabling(SourceKey with) {
        return new EncryptionState(DeliveryStreamEncryptionStatus.ENABLING, key, with, null);
    }

    EncryptionState enabled() {
        return new EncryptionState(DeliveryStreamEncryptionStatus.ENABLED, wanted, null, null);
    }

    EncryptionState enablingFailed(Failure why) {
        return new EncryptionState(DeliveryStreamEncryptionStatus.ENABLING_FAILED, key, null, why);
    }

    EncryptionState disabling() {
        return new EncryptionState(DeliveryStreamEncryptionStatus.DISABLING, key, null, null);
    }

    EncryptionState disablingFailed(Failure why) {
        return new EncryptionState(DeliveryStreamEncryptionStatus.DISABLING_FAILED, key, null, why);
    }

    boolean isChanging() {
        return status == DeliveryStreamEncryptionStatus.ENABLING || status == DeliveryStreamEncryptionStatus.DISABLING;
    }
}
