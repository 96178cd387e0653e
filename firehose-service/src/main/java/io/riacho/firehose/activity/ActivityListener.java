package io.riacho.firehose.activity;

import java.time.Duration;

/** Counts what delivery streams do. Safe for use by many threads; has to come back at once. */
public interface ActivityListener {

    void delivered(DeliveryReport report);

    void backedUp(int records, long bytes);

    void failed(String code);

    void behind(Duration behind);

    void read(int records, long bytes);

    void processed(int kept, int dropped, int failed, Duration took);
}
