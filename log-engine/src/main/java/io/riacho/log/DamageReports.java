package io.riacho.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;

/** Tells operators of each damaged place on the disk, once: in the log and in a count. */
final class DamageReports {

    private static final System.Logger LOGGER = System.getLogger(DamageReports.class.getName());
    private static final int REMEMBERED = 10_000;

    private final LongAdder count = new LongAdder();
    private final Map<String, Boolean> places = new LinkedHashMap<>();

    void report(String file, long position, String what) {
        String place = file + "@" + position;
        synchronized (places) {
            if (places.putIfAbsent(place, true) != null) {
                return;
            }
            if (places.size() > REMEMBERED) {
                places.remove(places.keySet().iterator().next());
            }
        }
        count.increment();
        LOGGER.log(System.Logger.Level.ERROR, "Damaged data in {0} at {1}: {2}", file, Long.toString(position), what);
    }

    long count() {
        return count.sum();
    }
}
