package io.riacho.aggregation;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.NotBlank;
import net.jqwik.api.constraints.Size;

class AggregatorTest {

    @Property(tries = 200)
    void whatIsPutTogetherIsTakenApartAgain(
            @ForAll @NotBlank String key, @ForAll @Size(min = 1, max = 50) List<byte[]> datas) {
        Aggregator aggregator = new Aggregator(key);
        int expected = 0;
        for (byte[] data : datas) {
            expected = aggregator.bytesWith(data.length);
            aggregator.add(ByteBuffer.wrap(data));
        }
        byte[] stored = aggregator.storedRecord();
        assertThat(stored).hasSize(expected);
        List<UserRecord> records = Aggregation.userRecords("other", ByteBuffer.wrap(stored));
        assertThat(records).hasSameSizeAs(datas);
        for (int i = 0; i < records.size(); i++) {
            assertThat(records.get(i).partitionKey()).isEqualTo(key);
            assertThat(records.get(i).data()).isEqualTo(ByteBuffer.wrap(datas.get(i)));
            assertThat(records.get(i).subSequenceNumber()).isEqualTo(i);
        }
    }
}
