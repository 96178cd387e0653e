package io.riacho.firehose.source.kafka;

import java.time.Duration;

/** Is told how reading a topic goes. Safe for use by many threads. */
interface ReadingListener {

    /**
     * Records were no longer there when they were to be read.
     *
     * @param text to be shown to users
     */
    void lost(String shard, String text);

    /**
     * How far reading is, told now and then.
     *
     * @param lag how many offsets of the partition are not read yet
     */
    void behind(String shard, long lag);

    /**
     * Told now and then.
     *
     * @param backpressured whether a partition is not read on, because what was read of it is not taken
     * @param throttled for how long the cluster has let answers wait, at most, because more was read than it allows
     */
    void paced(boolean backpressured, Duration throttled);
}
