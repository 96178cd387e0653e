package io.riacho.streams.usage;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.BitSet;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

class MeteredOffsetsProperties {

    private static final int END = 60;

    record Range(int first, int behind) {}

    @Provide
    Arbitrary<List<Range>> ranges() {
        Arbitrary<Range> range = Combinators.combine(
                        Arbitraries.integers().between(0, END - 1),
                        Arbitraries.integers().between(1, 12))
                .as((first, length) -> new Range(first, Math.min(END, first + length)));
        return range.list().ofMaxSize(12);
    }

    @Property
    void whatIsMissingIsWhatNobodyAdded(@ForAll("ranges") List<Range> ranges, @ForAll @IntRange(max = END) int end) {
        BitSet added = new BitSet();
        MeteredOffsets offsets = new MeteredOffsets(0);
        for (Range range : ranges) {
            offsets.add(range.first(), range.behind());
            added.set(range.first(), range.behind());
        }

        assertThat(missing(offsets, end)).isEqualTo(cleared(added, end));
        assertThat(offsets.end()).isEqualTo(added.nextClearBit(0));
    }

    @Property
    void itIsTheSameOnceItWasStored(@ForAll("ranges") List<Range> ranges) {
        MeteredOffsets offsets = new MeteredOffsets(3);
        ranges.forEach(range -> offsets.add(range.first(), range.behind()));

        MeteredOffsets again = MeteredOffsets.of(offsets.end(), offsets.ahead());

        assertThat(again.end()).isEqualTo(offsets.end());
        assertThat(again.ahead()).isEqualTo(offsets.ahead());
    }

    @Property
    void behindTheEndOfTheLogNothingIsMetered(
            @ForAll("ranges") List<Range> ranges, @ForAll @IntRange(max = END) int cut) {
        BitSet added = new BitSet();
        MeteredOffsets offsets = new MeteredOffsets(0);
        for (Range range : ranges) {
            offsets.add(range.first(), range.behind());
            added.set(range.first(), range.behind());
        }
        offsets.cutAt(cut);
        added.clear(cut, END + 1);

        assertThat(missing(offsets, END)).isEqualTo(cleared(added, END));
    }

    private static BitSet missing(MeteredOffsets offsets, int end) {
        BitSet missing = new BitSet();
        offsets.gapsBefore(end).forEach(gap -> missing.set((int) gap.first(), (int) gap.behind()));
        return missing;
    }

    private static BitSet cleared(BitSet added, int end) {
        BitSet cleared = new BitSet();
        cleared.set(0, end);
        cleared.andNot(added);
        return cleared;
    }
}
