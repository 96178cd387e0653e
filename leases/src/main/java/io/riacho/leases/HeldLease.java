package io.riacho.leases;

/**
 * What a worker writes with: good as long as the lease has not changed hands.
 *
 * @param epoch that the lease had when the worker took it
 */
public record HeldLease(String shard, String worker, long epoch) {}
