package io.riacho.streams.application;

/**
 * How far a checkpoint is behind.
 *
 * @param records of the shard that are not done with
 * @param millis since the oldest of them arrived; 0 where there is none
 */
public record Lag(long records, long millis) {

    static final Lag NONE = new Lag(0, 0);
}
