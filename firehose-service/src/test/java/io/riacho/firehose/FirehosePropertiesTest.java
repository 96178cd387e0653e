package io.riacho.firehose;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.springframework.util.unit.DataSize;

class FirehosePropertiesTest {

    @Test
    void recordsHaveTheMemoryThatIsSetButNoMoreThanAQuarterOfTheHeap() {
        FirehoseProperties properties = new FirehoseProperties(
                Path.of("."),
                null,
                null,
                null,
                null,
                null,
                DataSize.ofMegabytes(256),
                1,
                Duration.ofSeconds(10),
                1,
                168);

        assertThat(properties.memoryWithin(4L << 30)).isEqualTo(256 << 20);
        assertThat(properties.memoryWithin(256 << 20)).isEqualTo(64 << 20);
        assertThat(properties.memoryWithin(32 << 20)).isEqualTo(16 << 20);
    }
}
