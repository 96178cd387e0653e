package io.riacho.streams.rest;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.TreeMap;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;

class CursorProperties {

    @Property
    void whatIsWrittenIsReadBack(
            @ForAll @LongRange(min = 0) long streamId,
            @ForAll @Size(max = 30)
                    Map<@IntRange(min = 0, max = Integer.MAX_VALUE) Integer, @LongRange(min = 0) Long> offsets) {
        Cursor cursor = new Cursor(streamId, new TreeMap<>(offsets));

        assertThat(Cursor.parse(cursor.toText())).contains(cursor);
    }

    @Property
    void anyOtherTextIsNoCursorOrOneWithoutNegativeNumbers(@ForAll String text) {
        Cursor.parse(text).ifPresent(CursorProperties::isSound);
    }

    @Property
    void anyBytesAreNoCursorOrOneWithoutNegativeNumbers(@ForAll @Size(max = 60) byte[] bytes) {
        byte[] versioned = bytes.clone();
        if (versioned.length > 0) {
            versioned[0] = 1;
        }
        Cursor.parse(java.util.Base64.getUrlEncoder().withoutPadding().encodeToString(versioned))
                .ifPresent(CursorProperties::isSound);
    }

    private static void isSound(Cursor cursor) {
        assertThat(cursor.streamId()).isNotNegative();
        cursor.offsets().forEach((index, offset) -> {
            assertThat(index).isNotNegative();
            assertThat(offset).isNotNegative();
        });
    }
}
