package io.riacho.firehose.activity;

import java.time.Duration;

/** Counts what delivery streams do. Safe for use by many threads; has to come back at once. */
public interface ActivityListener {

    void delivered(DeliveryReport report);

    void backedUp(int records, long bytes);

    void failed(String code);

    void behind(Duration behind);

    /** @param offsets that are in a partition and not read yet */
    void lagging(long offsets);

    /**
     * @param backpressured whether reading waits for what was read to be delivered
     * @param throttled for how long the source has let answers wait
     */
    void paced(boolean backpressured, Duration throttled);

    void read(int records, long bytes);

    void processed(int kept, int dropped, int failed, Duration took);
}
