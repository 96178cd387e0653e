package io.riacho.firehose.delivery;

import io.riacho.firehose.record.SourceRecord;
import java.util.ArrayList;
import java.util.List;

/** Divides records that were read together, so that not all of them are in memory twice at a time. */
final class Portions {

    private static final long BYTES = 4 << 20;

    private Portions() {}

    /**
     * Records of one position stay together.
     *
     * @param atMost how many records, unless more have the same position
     */
    static List<List<SourceRecord>> of(List<SourceRecord> records, int atMost) {
        List<List<SourceRecord>> portions = new ArrayList<>();
        List<SourceRecord> portion = new ArrayList<>();
        long bytes = 0;
        for (SourceRecord record : records) {
            boolean isFull = portion.size() >= atMost || bytes >= BYTES;
            if (isFull && !record.position().equals(portion.getLast().position())) {
                portions.add(portion);
                portion = new ArrayList<>();
                bytes = 0;
            }
            portion.add(record);
            bytes += record.data().length;
        }
        if (!portion.isEmpty()) {
            portions.add(portion);
        }
        return portions;
    }
}
