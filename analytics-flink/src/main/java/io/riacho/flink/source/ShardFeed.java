package io.riacho.flink.source;

/** Brings the records of one shard, each batch after the reader has taken the one before. */
interface ShardFeed extends AutoCloseable {

    void start();

    /** Nothing is brought any more. */
    @Override
    void close();
}
