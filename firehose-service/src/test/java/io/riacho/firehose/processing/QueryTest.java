package io.riacho.firehose.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.protocol.AwsException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class QueryTest {

    private static final String RECORD = """
            {"type": {"device": "mobile", "event": "click"}, "customer_id": "1234567890",
             "event_timestamp": 1565382027, "price": 1.50, "count": 3.0, "paid": true, "none": null, "empty": "",
             "when": "2019-08-09T20:20:27Z", "tags": ["a", "b"]}""";

    @Test
    void theQueriesOfTheDeveloperGuideGiveTheKeysThatItShows() throws Exception {
        assertThat(keys("{customer_id: .customer_id, device: .type.device, year: .event_timestamp|strftime(\"%Y\"),"
                        + " month: .event_timestamp|strftime(\"%m\"), day: .event_timestamp|strftime(\"%d\"),"
                        + " hour: .event_timestamp|strftime(\"%H\")}"))
                .isEqualTo(Map.of(
                        "customer_id", "1234567890",
                        "device", "mobile",
                        "year", "2019",
                        "month", "08",
                        "day", "09",
                        "hour", "20"));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                ".price~1.5",
                ".count~3",
                ".event_timestamp~1565382027",
                ".paid~true",
                ".when[0:10]~2019-08-09",
                "(.tags[1])~b",
                "(.missing // \"unknown\")~unknown",
                "(if .price > 1 then \"high\" else \"low\" end)~high",
                "(.type.device | ascii_upcase)~MOBILE",
                "(.when | sub(\"T.*\"; \"\"))~2019-08-09",
                "(.when | gsub(\"(?<d>[0-9])\"; \"<\\(.d)>\") | .[0:6])~<2><0>",
                "(.when | capture(\"(?<y>[0-9]+)-\").y)~2019",
                "(.when | [match(\"-\"; \"g\").offset] | tostring)~[4,7]",
                "(.when | test(\"^2019\"))~true",
                "(.when | split(\"-\")[1])~08",
                "(.when | [scan(\"[0-9]+\")] | join(\"_\"))~2019_08_09_20_20_27",
                "(.tags | map(. + \"!\") | add)~a!b!",
                "([limit(3; repeat(1))] | length)~3",
                "(\"x\" * 3)~xxx",
                "(.tags | to_entries | map(.key) | add)~1",
            })
    void aValueBecomesTextAsJqWritesIt(String expression, String expected) throws Exception {
        assertThat(keys("{k: " + expression + "}")).isEqualTo(Map.of("k", expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "(.event_timestamp | todate)~2019-08-09T20:20:27Z",
                "(.event_timestamp | date)~2019-08-09T20:20:27Z",
                "(.event_timestamp + 0.25 | todateiso8601)~2019-08-09T20:20:27Z",
                "(.when | fromdate)~1565382027",
                "(.when | fromdateiso8601 | strftime(\"%A, %B %d, %Y\"))~Friday, August 09, 2019",
                "(.when | strptime(\"%Y-%m-%dT%H:%M:%SZ\") | mktime)~1565382027",
                "(.when | strptime(\"%Y-%m-%dT%H:%M:%SZ\") | tostring)~[2019,7,9,20,20,27,5,220]",
                "(.event_timestamp | gmtime | tostring)~[2019,7,9,20,20,27,5,220]",
                "(.event_timestamp | gmtime | mktime)~1565382027",
                "(1425599621.678 | gmtime[5] * 1000 | round)~41678",
                "(\"10 Mar 2015 11:51 PM\" | strptime(\"%d %b %Y %I:%M %p\") | mktime)~1426031460",
                "(\"2015-03-05 +0130\" | strptime(\"%F %z\") | mktime)~1425508200",
                "(.event_timestamp | strftime(\"%j %U %W %V %G %u %w %y %e %I %p %Z %s %%\"))~"
                        + "221 31 31 32 2019 5 5 19  9 08 PM UTC 1565382027 %",
                "(now > 1700000000)~true",
            })
    void timesCanBeReadAndWritten(String expression, String expected) throws Exception {
        assertThat(keys("{k: " + expression + "}")).isEqualTo(Map.of("k", expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "{k: .missing}~partitionKeys values must not be null or empty",
                "{k: .empty}~partitionKeys values must not be null or empty",
                "{k: .tags}~must be strings, numbers or booleans: k",
                ".customer_id~result is not an object",
                "{k: .tags[]}~more than one result",
                "empty~has no result",
                "{k: .customer_id.x}~The query failed",
                "{k: error(\"so\")}~The query failed: so",
                "{k: (.when | strptime(\"%Y\"))}~does not match format",
                "{k: (.when | test(\"(\"))}~not a valid regex",
                "{k: nosuch}~nosuch/0 does not exist",
                "{k: env}~env/0 does not exist",
                "{k: $ENV.PATH}~The query failed",
                "{k: input}~input/0 does not exist",
            })
    void aQueryWithoutKeysFailsWithAReason(String query, String reason) {
        assertThatThrownBy(() -> keys(query)).isInstanceOf(QueryException.class).hasMessageContaining(reason);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "  ", "no json", "{\"a\":1}{\"a\":2}", "{\"a\":", "[1] x"})
    void aRecordThatIsNotJsonHasNoKeys(String record) {
        Query query = Query.compile("{k: 1}", Duration.ofSeconds(5));

        assertThatThrownBy(() -> query.keys(record.getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(QueryException.class)
                .hasMessage("Non JSON record provided");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{k: ", "}", "{k: .a b}", "\u0000", "{k: \"x}", "{k: @@}"})
    void whatIsNoQueryIsRefusedWhenItIsGiven(String text) {
        assertThatThrownBy(() -> Query.compile(text, Duration.ofSeconds(5)))
                .isInstanceOfSatisfying(
                        AwsException.class, e -> assertThat(e.type()).isEqualTo("InvalidArgumentException"))
                .hasMessageStartingWith("MetaDataExtraction JQ Query is invalid");
    }

    @Test
    void aQueryThatIsNestedTooDeeplyIsRefused() {
        assertThatThrownBy(() -> Query.compile("(".repeat(2500) + "1" + ")".repeat(2500), Duration.ofSeconds(5)))
                .isInstanceOf(AwsException.class)
                .hasMessageStartingWith("MetaDataExtraction JQ Query is invalid");
    }

    private static Map<String, String> keys(String query) throws QueryException, InterruptedException {
        return Query.compile(query, Duration.ofSeconds(5)).keys(RECORD.getBytes(StandardCharsets.UTF_8));
    }
}
