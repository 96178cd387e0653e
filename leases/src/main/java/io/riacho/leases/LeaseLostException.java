package io.riacho.leases;

/** The lease has changed hands or has ended, so what its former holder wants to write must not be written. */
public final class LeaseLostException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LeaseLostException(HeldLease held) {
        super(held.worker() + " does not hold " + held.shard() + " in epoch " + held.epoch() + " any more");
    }
}
