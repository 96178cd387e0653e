package io.riacho.firehose.deliverystream;

/**
 * What delivers, as it is told of delivery streams. {@link #creating} and {@link #deleting} do work in one process at a
 * time, on a thread of their own, and are called again where a process died in between; what they throw beside what is
 * declared is tried again until it works. {@link #changed} and {@link #gone} are told in every process, in order, on one
 * thread, and must not block.
 */
public interface DeliveryStreamListener {

    /**
     * The delivery stream is CREATING: makes what it needs, such as the internal stream. It is ACTIVE once this returns,
     * and its encryption is enabled where that is asked for.
     *
     * @throws DeliveryStreamFailedException where it cannot be made: it is CREATING_FAILED
     */
    void creating(DeliveryStream stream) throws DeliveryStreamFailedException, InterruptedException;

    /**
     * There is such a delivery stream, as it is now: at the start of the process, and after each change of its status,
     * version, encryption or tags. Of a fast row of changes only the last may be told. It delivers where it is ACTIVE.
     */
    void changed(DeliveryStream stream);

    /**
     * The delivery stream is DELETING: removes all that belongs to it, undelivered records too. It is forgotten once this
     * returns. Other processes may not have heard of it yet.
     */
    void deleting(DeliveryStream stream) throws InterruptedException;

    /** There is no such delivery stream any more. */
    void gone(DeliveryStream last);
}
