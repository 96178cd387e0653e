package io.riacho.firehose.destination.opensearch;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class IndexNamesTest {

    /** The first five are AWS's own examples. */
    @ParameterizedTest
    @CsvSource({
        "NoRotation, 2016-02-25T13:00:00Z, myindex",
        "OneHour,    2016-02-25T13:00:00Z, myindex-2016-02-25-13",
        "OneDay,     2016-02-25T13:00:00Z, myindex-2016-02-25",
        "OneWeek,    2016-02-25T13:00:00Z, myindex-2016-w08",
        "OneMonth,   2016-02-25T13:00:00Z, myindex-2016-02",
        "OneDay,     2016-02-25T23:59:59.999Z, myindex-2016-02-25",
        "OneDay,     2016-02-26T00:00:00Z, myindex-2016-02-26",
        "OneWeek,    2021-01-03T23:59:59Z, myindex-2020-w53",
        "OneWeek,    2021-01-04T00:00:00Z, myindex-2021-w01",
    })
    void anIndexIsNamedByTheTimeOfArrival(String rotation, Instant arrival, String index) {
        assertThat(new IndexNames("myindex", rotation).of(arrival)).isEqualTo(index);
    }
}
