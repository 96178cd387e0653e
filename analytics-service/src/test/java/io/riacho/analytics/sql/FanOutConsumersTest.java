package io.riacho.analytics.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.riacho.analytics.sql.FanOutConsumers.Consumer;
import org.junit.jupiter.api.Test;

class FanOutConsumersTest {

    private static final String ARN = "arn:aws:kinesis:eu-central-1:123456789012:stream/ticks";

    @Test
    void consumersAreThoseOfTablesThatReadByEnhancedFanOut() {
        assertThat(FanOutConsumers.of("""
            CREATE TABLE a (x INT) WITH ('connector' = 'kinesis', 'stream.arn' = '%s',
                'source.reader.type' = 'EFO', 'source.efo.consumer.name' = 'one');
            CREATE TABLE b (x INT) WITH ('connector' = 'kinesis', 'stream' = 'trades',
                'source.efo.consumer.name' = 'two', 'source.efo.lifecycle' = 'JOB_MANAGED');
            CREATE TABLE c (x INT) WITH ('connector' = 'kinesis', 'stream' = 'polled');
            INSERT INTO c SELECT x FROM a\
            """.formatted(ARN)))
                .containsExactly(new Consumer(ARN, "one"), new Consumer("trades", "two"));
    }

    @Test
    void aConsumerThatOthersLookAfterIsNotTheJobs() {
        assertThat(FanOutConsumers.of("CREATE TABLE a (x INT) WITH ('stream' = 's', 'source.efo.consumer.name' = 'one',"
                        + " 'source.efo.lifecycle' = 'SELF_MANAGED')"))
                .isEmpty();
    }

    @Test
    void codeThatCannotBeReadHasNone() {
        assertThat(FanOutConsumers.of("\u0001")).isEmpty();
    }
}
