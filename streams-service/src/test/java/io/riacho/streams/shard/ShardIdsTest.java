package io.riacho.streams.shard;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ShardIdsTest {

    @ParameterizedTest
    @CsvSource({
        "0, shardId-000000000000",
        "17, shardId-000000000017",
        "2147483647, shardId-002147483647",
        "-2147483648, shardId--02147483648"
    })
    void anIdHasTwelveDigits(int index, String id) {
        assertThat(ShardIds.format(index)).isEqualTo(id);
    }

    @ParameterizedTest
    @CsvSource({
        "shardId-000000000005, 5",
        "shard-0, 0",
        "x-0, 0",
        "-00002147483647, 2147483647",
        "0, 0",
        "shardId-5, 5",
        "shardId-5-6, 5",
        "00000000000000000000000007, 7"
    })
    void whatCountsIsTheNumberBehindTheFirstHyphen(String id, int index) {
        assertThat(ShardIds.parse(id)).hasValue(index);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "-",
                "shardId",
                "shardId-",
                "shardId--1",
                "2147483648",
                "shardId-2147483648",
                "2.14E4",
                "shardId-1a",
                "shardId-99999999999999999999999999",
                "shardId-\u0661"
            })
    void anythingElseNamesNoShard(String id) {
        assertThat(ShardIds.parse(id)).isEmpty();
    }

    @Test
    void aFormattedIdIsReadAgain() {
        assertThat(ShardIds.parse(ShardIds.format(123))).hasValue(123);
    }
}
