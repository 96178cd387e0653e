package io.riacho.firehose.source.kafka;

/** Is told of records that a topic no longer had when they were to be read. Safe for use by many threads. */
@FunctionalInterface
interface LossListener {

    /** @param text to be shown to users */
    void lost(String shard, String text);
}
