package io.riacho.leases;

/**
 * A lease that a worker has just taken.
 *
 * @param checkpoint the last one of the holder before, which can write no other any more
 */
public record Taken(HeldLease held, String checkpoint) {}
