package io.riacho.firehose.deliverystream;

/** What was asked of a delivery stream cannot be done, now or later. What may work later throws something else. */
public final class DeliveryStreamFailedException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Failure failure;

    public DeliveryStreamFailedException(Failure failure) {
        super(failure.details());
        this.failure = failure;
    }

    public Failure failure() {
        return failure;
    }
}
