package io.riacho.compatibility;

import io.riacho.compatibility.WrittenRecords.Written;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Compares the windows that an application wrote with what is in the stream that it read, and tells in words what is wrong. What an
 * application had written since its last checkpoint it writes again after a crash, so that rows may come twice.
 */
final class WindowCheck {

    private static final int NAMED = 5;
    private static final DateTimeFormatter SECOND =
            DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss.SSS").withZone(ZoneOffset.UTC);

    private WindowCheck() {}

    /**
     * Of windows by the time at which records arrived, which is the same whenever they are read: there is a row for each second and key,
     * with all of their records, and where there are several these are the same.
     */
    static List<String> faultsByArrival(WrittenRecords stream, Collection<WindowRow> rows) {
        Set<WindowRow> missing = expected(stream);
        Set<WindowRow> wrong = new LinkedHashSet<>(rows);
        wrong.removeAll(missing);
        missing.removeAll(new LinkedHashSet<>(rows));
        List<String> faults = new ArrayList<>();
        if (!missing.isEmpty()) {
            faults.add(missing.size() + " windows were never written: " + some(missing));
        }
        if (!wrong.isEmpty()) {
            faults.add(wrong.size() + " windows are wrong: " + some(wrong));
        }
        return faults;
    }

    static Set<WindowRow> expected(WrittenRecords stream) {
        Set<WindowRow> rows = new LinkedHashSet<>();
        stream.ofKeys().forEach((key, records) -> {
            Map<Long, List<Written>> seconds = records.stream()
                    .collect(Collectors.groupingBy(
                            record -> record.arrival().getEpochSecond(), TreeMap::new, Collectors.toList()));
            seconds.forEach((second, ofSecond) -> rows.add(new WindowRow(
                    SECOND.format(Instant.ofEpochSecond(second)),
                    key,
                    ofSecond.size(),
                    ofSecond.stream().mapToLong(Written::number).sum(),
                    ofSecond.getFirst().number(),
                    ofSecond.getLast().number())));
        });
        return rows;
    }

    /**
     * Of windows by ROWTIME, the time at which records are read, so that the same are in other windows when they are read again: the rows
     * of a key, in the order in which they were written, tell of its records one behind the other without a gap, from the first to the
     * last. A row may go back to a record that came before, and with it everything behind that row; more often than there were crashes it
     * may not.
     */
    static List<String> faultsByReading(WrittenRecords stream, List<WindowRow> rows, int crashes) {
        List<String> faults = new ArrayList<>();
        Map<String, List<WindowRow>> ofKeys = rows.stream().collect(Collectors.groupingBy(WindowRow::key));
        stream.ofKeys().forEach((key, records) -> {
            Chain chain = new Chain(key, records.stream().map(Written::number).toList());
            ofKeys.getOrDefault(key, List.of()).forEach(chain::add);
            faults.addAll(chain.faults(crashes));
        });
        ofKeys.keySet().stream()
                .filter(key -> !stream.ofKeys().containsKey(key))
                .forEach(key -> faults.add("nobody wrote anything of " + key));
        return faults;
    }

    /** The records of a key that have been told of, as what is valid of the rows so far has it. */
    private static final class Chain {

        private record Link(int from, int to) {}

        private final String key;
        private final List<Integer> numbers;
        private final Map<Integer, Integer> places = new HashMap<>();
        private final Deque<Link> links = new ArrayDeque<>();
        private final List<String> faults = new ArrayList<>();
        private int returns;

        Chain(String key, List<Integer> numbers) {
            this.key = key;
            this.numbers = numbers;
            for (int i = 0; i < numbers.size(); i++) {
                places.put(numbers.get(i), i);
            }
        }

        void add(WindowRow row) {
            Integer from = places.get(row.low());
            Integer to = places.get(row.high());
            if (from == null || to == null) {
                faults.add(row + " tells of a record that is not in the stream");
                return;
            }
            long total = 0;
            for (int i = from; i <= to; i++) {
                total += numbers.get(i);
            }
            if (row.amount() != to - from + 1 || row.total() != total) {
                faults.add(row + " should have " + (to - from + 1) + " records, and the sum " + total);
            }
            boolean returned = false;
            while (next() > from) {
                links.removeLast();
                returned = true;
            }
            returns += returned ? 1 : 0;
            if (next() != from) {
                faults.add((from - next()) + " records are left out before " + row);
            }
            links.addLast(new Link(from, to));
        }

        List<String> faults(int crashes) {
            if (next() != numbers.size()) {
                faults.add(key + " has " + numbers.size() + " records, of which " + next() + " were told of");
            }
            if (returns > crashes) {
                faults.add(key + " was begun anew " + returns + " times");
            }
            return faults.stream().limit(NAMED).toList();
        }

        private int next() {
            return links.isEmpty() ? 0 : links.getLast().to() + 1;
        }
    }

    private static String some(Set<WindowRow> rows) {
        return rows.stream().limit(NAMED).map(String::valueOf).collect(Collectors.joining(", "));
    }
}
