package io.riacho.firehose.deliverystream;

/**
 * Encrypts what waits in a Direct PUT delivery stream. Both are called again where a process died in between, and may
 * block. What they throw beside what is declared is tried again until it works.
 */
public interface SourceEncryption {

    /**
     * Records that are put once it returns are encrypted with the key.
     *
     * @throws DeliveryStreamFailedException where the key cannot be used: what was in force stays so
     */
    void enable(DeliveryStream stream, SourceKey key) throws DeliveryStreamFailedException, InterruptedException;

    /** Records that are put once it returns are not encrypted. */
    void disable(DeliveryStream stream) throws DeliveryStreamFailedException, InterruptedException;
}
