package io.riacho.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A reader looks at a shard several times; between its looks, everything may have moved. */
class ShardTest {

    private static final int GENERATION = 5;

    private final Shard shard = new Shard(1);
    private final TailRun run = new TailRun();
    private final Segment segment = new Segment(0, 4, 240, 100, 110, false);

    @BeforeEach
    void fourBatchesOfTwoRecords() {
        for (int i = 0; i < 4; i++) {
            shard.publish(i * 2L, 2, 100 + i * 10, GENERATION, 4096 + i * 100, 100);
        }
    }

    private void moveTwoBatchesToASegment() {
        shard.moved(new Segment[] {segment}, 2, 110);
    }

    @Test
    void theTailIsReadFromTheBatchThatHoldsTheOffset() {
        shard.copyTail(3, 1000, run);

        assertThat(run.size()).isEqualTo(3);
        assertThat(run.baseOffset(0)).isEqualTo(2);
    }

    @Test
    void theTailGivesNothingForWhatMovedToASegment() {
        moveTwoBatchesToASegment();
        shard.copyTail(3, 1000, run);

        assertThat(run.size()).isZero();
        assertThat(shard.segmentFor(3)).isSameAs(segment);
    }

    @Test
    void theTailGivesNoTimeThatMovedToASegment() {
        assertThat(shard.tailOffsetAt(105)).isEqualTo(2);
        moveTwoBatchesToASegment();

        assertThat(shard.tailOffsetAt(105)).isEqualTo(Shard.MOVED);
        assertThat(shard.tailOffsetAt(111)).isEqualTo(4);
    }

    @Test
    void aBatchThatMovedIsNotTakenForDamaged() {
        shard.copyTail(0, 1000, run);
        moveTwoBatchesToASegment();

        assertThat(shard.tailOffsetAfter(run, 1)).isEqualTo(Shard.MOVED);
        assertThat(shard.tailOffsetAfter(run, 2)).isEqualTo(6);
        assertThat(shard.tailOffsetAfter(run, 3)).isEqualTo(8);
    }

    @Test
    void theIndexOfTheOpenSegmentIsNotGivenForOneThatWasClosedMeanwhile() {
        moveTwoBatchesToASegment();
        SegmentIndex old = shard.openIndex(segment, 1);
        assertThat(shard.openIndex(segment, 1)).isSameAs(old);

        Segment next = new Segment(4, 8, 240, 120, 130, false);
        SegmentIndex fresh = new SegmentIndex(4, 1);
        shard.moved(new Segment[] {segment.close(), next}, 2, 130);
        shard.setOpenIndex(fresh);

        assertThat(shard.openIndex(segment, 1)).isNotSameAs(fresh);
        assertThat(shard.openIndex(next, 1)).isSameAs(fresh);
    }

    @Test
    void offsetsOfLostRecordsBelongToTheNextSegmentThatIs() {
        Segment later = new Segment(6, 8, 240, 130, 130, false);
        shard.moved(new Segment[] {segment.close(), later}, 4, 130);

        assertThat(Objects.requireNonNull(shard.segmentFor(4)).baseOffset()).isEqualTo(6);
        assertThat(shard.segmentFor(8)).isNull();
    }
}
