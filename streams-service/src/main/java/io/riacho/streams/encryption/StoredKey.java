package io.riacho.streams.encryption;

import java.time.Instant;
import java.util.Map;

/** A data key as it is stored: wrapped. Its text form hides even that. */
final class StoredKey {

    /** What KMS authenticates with each data key, as with AWS's own service. */
    static final String CONTEXT = "aws:kinesis:arn";

    private final long id;
    private final String streamName;
    private final String keyId;
    private final String keyArn;
    private final byte[] wrapped;
    private final Instant createdAt;

    /**
     * @param id never given twice; stored with each batch
     * @param keyId the KMS key as StartStreamEncryption named it
     * @param keyArn the KMS key that wraps it
     */
    StoredKey(long id, String streamName, String keyId, String keyArn, byte[] wrapped, Instant createdAt) {
        this.id = id;
        this.streamName = streamName;
        this.keyId = keyId;
        this.keyArn = keyArn;
        this.wrapped = wrapped;
        this.createdAt = createdAt;
    }

    static Map<String, String> context(String streamArn) {
        return Map.of(CONTEXT, streamArn);
    }

    long id() {
        return id;
    }

    String streamName() {
        return streamName;
    }

    String keyId() {
        return keyId;
    }

    String keyArn() {
        return keyArn;
    }

    byte[] wrapped() {
        return wrapped;
    }

    Instant createdAt() {
        return createdAt;
    }

    @Override
    public String toString() {
        return "StoredKey[" + id + ", under " + keyArn + "]";
    }
}
