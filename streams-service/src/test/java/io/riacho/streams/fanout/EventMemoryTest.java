package io.riacho.streams.fanout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EventMemoryTest {

    private static final long MEBIBYTE = 1 << 20;

    @Test
    void anEventMayBeLargeWhileThereIsMemory() {
        assertThat(new EventMemory(64 * MEBIBYTE).share()).isEqualTo(EventMemory.MOST);
    }

    @Test
    void eventsBecomeSmallerTheMoreOfThemAreOnTheirWay() {
        EventMemory memory = new EventMemory(16 * MEBIBYTE);
        int first = memory.share();

        memory.take((int) (8 * MEBIBYTE));

        assertThat(memory.share()).isEqualTo(first / 2);
        memory.giveBack((int) (8 * MEBIBYTE));
        assertThat(memory.share()).isEqualTo(first);
    }

    @Test
    void aThousandSlowReadersTakeNotMuchMoreThanTheMemory() {
        EventMemory memory = new EventMemory(16 * MEBIBYTE);

        for (int i = 0; i < 1000; i++) {
            memory.take(memory.share());
        }

        assertThat(memory.free()).isGreaterThanOrEqualTo(-1000L * EventMemory.LEAST);
    }

    @Test
    void nobodyIsKeptWaitingWhereThereIsNoneLeft() {
        EventMemory memory = new EventMemory(MEBIBYTE);

        memory.take((int) (2 * MEBIBYTE));

        assertThat(memory.share()).isEqualTo(EventMemory.LEAST);
    }
}
