package io.riacho.firehose.prefix;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.firehose.destination.Delivery;
import io.riacho.firehose.record.PartitionKeys;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ObjectKeysTest {

    private static final String ID = "a9fa96af-e4e4-409f-bac3-1f804714faaa";
    private static final Instant ARRIVAL = Instant.parse("2018-08-27T22:30:09.500Z");
    private static final String NAME = "orders-3-2018-08-27-22-30-09-" + ID;
    private static final String ERRORS = "e/!{firehose:error-output-type}/";

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null|2018/08/27/22/",
                "in/|in/2018/08/27/22/",
                "in|in2018/08/27/22/",
                "!{timestamp:yyyy}/x|2018/x",
                "in/!{timestamp:'year='yyyy'/month='MMM}/|in/year=2018/month=Aug/",
            })
    void thePrefixIsCompletedWithTheHourOfTheOldestRecordWhereItHasNoTime(String prefix, String expected)
            throws PrefixException {
        assertThat(ObjectKeys.of(prefix, ERRORS, null).key(delivery(PartitionKeys.NONE), ".gz"))
                .isEqualTo(expected + NAME + ".gz");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            nullValues = "null",
            value = {
                "null|null|processing-failed/2018/08/27/22/",
                "in/|null|in/processing-failed/2018/08/27/22/",
                "null|" + ERRORS + "|e/processing-failed/",
                "null|e/!{firehose:error-output-type}!{firehose:error-output-type}/!{timestamp:dd}/|"
                        + "e/processing-failedprocessing-failed/27/",
                "null|plain/|plain/",
            })
    void theErrorPrefixIsMadeOfThePrefixWhereThereIsNone(String prefix, String errorPrefix, String expected)
            throws PrefixException {
        assertThat(ObjectKeys.of(prefix, errorPrefix, null)
                        .errorKey(delivery(PartitionKeys.NONE), "processing-failed", ""))
                .isEqualTo(expected + NAME);
    }

    @Test
    void theTimeZoneCountsForThePrefixAndTheName() throws PrefixException {
        assertThat(ObjectKeys.of(null, null, "Asia/Tokyo").key(delivery(PartitionKeys.NONE), ""))
                .isEqualTo("2018/08/28/07/orders-3-2018-08-28-07-30-09-" + ID);
    }

    @Test
    void eachRandomStringIsAnotherOneButTheSameForARepeatedDelivery() throws PrefixException {
        ObjectKeys keys =
                ObjectKeys.of("!{firehose:random-string}/!{firehose:random-string}/!{timestamp:dd}", ERRORS, null);
        String key = keys.key(delivery(PartitionKeys.NONE), "");
        String[] segments = key.split("/", -1);

        assertThat(segments[0]).hasSize(11);
        assertThat(segments[1]).hasSize(11).isNotEqualTo(segments[0]);
        assertThat(keys.key(delivery(PartitionKeys.NONE), "")).isEqualTo(key);
        assertThat(keys.key(delivery(UUID.randomUUID(), PartitionKeys.NONE), ""))
                .doesNotContain(segments[0], segments[1]);
    }

    @Test
    void partitionKeysAreFilledInAndNoHourIsAdded() throws PrefixException {
        ObjectKeys keys =
                ObjectKeys.of("c=!{partitionKeyFromQuery:customer}/d=!{partitionKeyFromLambda:day}/", ERRORS, null);

        assertThat(keys.key(delivery(new PartitionKeys(Map.of("customer", "a/b"), Map.of("day", "27"))), ""))
                .isEqualTo("c=a/b/d=27/" + NAME);
    }

    @Test
    void partitionKeysThatMakeNoKeyAreTold() {
        ObjectKeys keys = ObjectKeys.of("data/!{partitionKeyFromQuery:k}/", ERRORS, null);

        assertThat(keys.problem(query("v"))).isEmpty();
        assertThat(keys.problem(PartitionKeys.NONE)).get().asString().contains("must not be null or empty");
        assertThat(keys.problem(query(""))).get().asString().contains("!{partitionKeyFromQuery:k}");
        assertThat(keys.problem(query(".."))).get().asString().contains(". or ..");
        assertThat(keys.problem(query("a/../../b"))).get().asString().contains(". or ..");
        assertThat(keys.problem(query("a\nb"))).get().asString().contains("control characters");
        assertThat(keys.problem(query("\ud800"))).get().asString().contains("not Unicode");
        assertThat(keys.problem(query("x".repeat(507)))).get().asString().contains("greater than 512");
        assertThat(keys.problem(query("\u4e2d".repeat(400)))).get().asString().contains("764 bytes");
    }

    @Test
    void aDeliveryThatHasNoKeyIsNotGivenOne() {
        ObjectKeys keys = ObjectKeys.of("data/!{partitionKeyFromQuery:k}/", ERRORS, null);

        assertThatThrownBy(() -> keys.key(delivery(query("..")), "")).isInstanceOf(PrefixException.class);
    }

    private static PartitionKeys query(String value) {
        return new PartitionKeys(Map.of("k", value), Map.of());
    }

    private static Delivery delivery(PartitionKeys keys) {
        return delivery(UUID.fromString(ID), keys);
    }

    private static Delivery delivery(UUID id, PartitionKeys keys) {
        return new Delivery(id, "orders", "3", "shardId-0", keys, List.of(), ARRIVAL, ARRIVAL);
    }
}
