package io.riacho.compatibility;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.compatibility.WrittenRecords.Written;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** That the check of an application's windows sees what it is there to see. */
final class WindowCheckTest {

    /** Of one key: three records in a second, two in the next one. One number was sent and is not in the stream. */
    private final WrittenRecords stream = new WrittenRecords(Map.of(
            "key-1", List.of(written(1, 0), written(5, 400), written(9, 999), written(17, 1_000), written(21, 1_999))));

    private final List<WindowRow> rows = new ArrayList<>(List.of(row("00", 3, 15, 1, 9), row("01", 2, 38, 17, 21)));

    @Test
    void allWindowsOnceAreFaultless() {
        assertThat(byArrival()).isEmpty();
        assertThat(byReading(0)).isEmpty();
    }

    @Test
    void aWindowThatIsMissingIsSeen() {
        rows.removeLast();
        assertThat(byArrival()).singleElement().asString().startsWith("1 windows were never written: ");
        assertThat(byReading(0)).containsExactly("key-1 has 5 records, of which 3 were told of");
    }

    @Test
    void aWindowThatIsLeftOutInTheMiddleIsSeen() {
        rows.removeFirst();
        assertThat(byReading(0)).singleElement().asString().startsWith("3 records are left out before ");
    }

    @Test
    void theSameWindowAgainIsFaultless() {
        rows.add(row("01", 2, 38, 17, 21));
        assertThat(byArrival()).isEmpty();
    }

    @Test
    void anotherWindowInItsPlaceIsSeen() {
        rows.add(row("01", 1, 21, 21, 21));
        assertThat(byArrival()).singleElement().asString().startsWith("1 windows are wrong: ");
    }

    @Test
    void windowsOfTheTimeAtWhichRecordsAreReadMayBeCutOtherwiseAfterACrash() {
        rows.addAll(List.of(row("07", 3, 31, 5, 17), row("08", 1, 21, 21, 21)));
        rows.addFirst(row("00", 1, 1, 1, 1));
        rows.set(1, row("01", 2, 14, 5, 9));
        assertThat(byReading(1)).isEmpty();
        assertThat(byReading(0)).containsExactly("key-1 was begun anew 1 times");
    }

    @Test
    void aRecordThatIsCountedTwiceIsSeen() {
        rows.set(1, row("01", 3, 47, 9, 21));
        assertThat(byReading(1)).singleElement().asString().startsWith("2 records are left out before ");
    }

    @Test
    void aRecordThatIsCountedTwiceWithinAWindowIsSeen() {
        rows.set(0, row("00", 4, 20, 1, 9));
        assertThat(byReading(1)).singleElement().asString().endsWith(" should have 3 records, and the sum 15");
    }

    @Test
    void aRecordThatNobodyWroteIsSeen() {
        rows.add(row("02", 1, 33, 33, 33));
        rows.add(new WindowRow("", "key-2", 1, 1, 1, 1));
        assertThat(byReading(0)).hasSize(2);
    }

    private List<String> byArrival() {
        return WindowCheck.faultsByArrival(stream, rows);
    }

    private List<String> byReading(int crashes) {
        return WindowCheck.faultsByReading(stream, rows, crashes);
    }

    private static Written written(int number, long millis) {
        return new Written(number, Instant.parse("2026-11-26T12:00:00Z").plusMillis(millis));
    }

    private static WindowRow row(String second, long amount, long total, int low, int high) {
        return new WindowRow("2026-11-26 12:00:" + second + ".000", "key-1", amount, total, low, high);
    }
}
