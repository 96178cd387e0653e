package io.riacho.usage.journal;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What entries of the journal are put to the account of, in words; a file of the journal has them once. Make one for all
 * entries of one account and keep it. Safe for use by many threads.
 */
public final class Account {

    private static final String SEPARATOR = "\n";

    private final byte[] text;
    private volatile @Nullable Place place;

    private record Place(UsageFile file, int slot) {}

    /** @param words none of which has a line's end */
    public Account(String... words) {
        text = String.join(SEPARATOR, words).getBytes(StandardCharsets.UTF_8);
    }

    static List<String> words(byte[] text) {
        return List.of(new String(text, StandardCharsets.UTF_8).split(SEPARATOR, -1));
    }

    /** Where the file has the words, which are written where it has not; -1 where there is no room for them. */
    int slotIn(UsageFile file) {
        Place known = place;
        return known != null && known.file() == file ? known.slot() : writtenInto(file);
    }

    private synchronized int writtenInto(UsageFile file) {
        Place known = place;
        if (known != null && known.file() == file) {
            return known.slot();
        }
        int slot = file.writeText(text);
        if (slot >= 0) {
            place = new Place(file, slot);
        }
        return slot;
    }

    byte[] text() {
        return text;
    }
}
