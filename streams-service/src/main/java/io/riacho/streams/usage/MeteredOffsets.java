package io.riacho.streams.usage;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Which records of one shard are metered: all before {@link #end}, and some behind it, since those who put at the same time
 * meter in any order. Not thread-safe.
 */
final class MeteredOffsets {

    private long end;
    /** The ends of ranges by their beginnings; they neither touch nor overlap, nor does the first touch {@link #end}. */
    private final NavigableMap<Long, Long> ahead = new TreeMap<>();

    MeteredOffsets(long end) {
        this.end = end;
    }

    /** @param ranges first, end, first, end… */
    static MeteredOffsets of(long end, Long[] ranges) {
        MeteredOffsets offsets = new MeteredOffsets(end);
        for (int i = 0; i + 1 < ranges.length; i += 2) {
            offsets.add(ranges[i], ranges[i + 1]);
        }
        return offsets;
    }

    /** Adds the offsets from the first to before the last. */
    void add(long first, long behind) {
        long from = first;
        long to = behind;
        Map.Entry<Long, Long> before = ahead.floorEntry(from);
        if (before != null && before.getValue() >= from) {
            from = before.getKey();
        }
        Map.Entry<Long, Long> touched;
        while ((touched = ahead.ceilingEntry(from)) != null && touched.getKey() <= to) {
            to = Math.max(to, touched.getValue());
            ahead.remove(touched.getKey());
        }
        if (from > end) {
            ahead.put(from, to);
            return;
        }
        end = Math.max(end, to);
        Map.Entry<Long, Long> next = ahead.firstEntry();
        while (next != null && next.getKey() <= end) {
            end = Math.max(end, next.getValue());
            ahead.remove(next.getKey());
            next = ahead.firstEntry();
        }
    }

    /** Forgets what lies at or behind the offset: its log ends there, and gives those offsets again. */
    void cutAt(long offset) {
        end = Math.min(end, offset);
        ahead.tailMap(offset, true).clear();
        Map.Entry<Long, Long> last = ahead.lastEntry();
        if (last != null && last.getValue() > offset) {
            ahead.put(last.getKey(), offset);
        }
    }

    /** Before which all are metered. */
    long end() {
        return end;
    }

    /** first, end, first, end… of what is metered behind {@link #end}. */
    Long[] ahead() {
        List<Long> ranges = new ArrayList<>();
        ahead.forEach((first, behind) -> {
            ranges.add(first);
            ranges.add(behind);
        });
        return ranges.toArray(Long[]::new);
    }

    /** What is not metered before the offset. */
    List<Gap> gapsBefore(long offset) {
        List<Gap> gaps = new ArrayList<>();
        long from = end;
        for (Map.Entry<Long, Long> range : ahead.entrySet()) {
            if (range.getKey() >= offset) {
                break;
            }
            gaps.add(new Gap(from, range.getKey()));
            from = range.getValue();
        }
        if (from < offset) {
            gaps.add(new Gap(from, offset));
        }
        return gaps;
    }

    /** The offsets from the first to before the last. */
    record Gap(long first, long behind) {}
}
