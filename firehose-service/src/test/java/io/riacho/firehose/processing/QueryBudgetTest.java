package io.riacho.firehose.processing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each of these queries takes for ever, or more memory than there is, without a budget. */
class QueryBudgetTest {

    /** So large that only steps, depth and sizes end a query. */
    private static final Duration LONG = Duration.ofMinutes(10);

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{k: ([range(1e12)] | length)}",
                "{k: ([range(0; 1e12; 1e-9)] | length)}",
                "def f: f; {k: f}",
                "def f: ., f; {k: last(f)}",
                "def f: 1 + f; {k: f}",
                "{k: last(repeat(.))}",
                "{k: ([repeat(1)] | length)}",
                "{k: until(false; .)}",
                "{k: ([while(true; .)] | length)}",
                "{k: ([recurse(.)] | length)}",
                "{k: (def f(n): if n == 0 then 1 else f(n - 1), f(n - 1) end; [f(60)] | length)}",
                "{k: (reduce range(100) as $i (\"x\"; . + .) | length)}",
                "{k: (reduce range(100) as $i ([1]; . + .) | length)}",
                "{k: (reduce range(100) as $i (1; [., .]) | tojson | length)}",
                "{k: (reduce range(100) as $i (1; {a: ., b: .}) | tostring | length)}",
                "{k: (reduce range(100) as $i (1; [., .]) as $x | $x == $x)}",
                "{k: (\"x\" * 3000000000 | length)}",
                "{k: (3000000000 * \"x\" | length)}",
                "{k: ([range(100000)] | join(\"x\" * 10000) | length)}",
                "{k: ([range(50000)] | contains([range(50000)]))}",
                "{k: ([range(50000)] - [range(50000)] | length)}",
                "{k: ([range(50000)] | indices([range(20000)]) | length)}",
                "{k: ([range(50000)] | del(.[]) | length)}",
                "{k: ([range(50000)] | delpaths([range(50000) | [.]]) | length)}",
                "{k: ([range(50000)] | .[] = 1 | length)}",
                "{k: ([range(50000)] | .[] += 1 | length)}",
                "{k: ([range(50000)] | map_values(. + 1) | length)}",
                "{k: (null | setpath([2000000000]; 1) | length)}",
                "{k: (null | .[2000000000] = 1 | length)}",
                "{k: (null | .[2000000000] |= 1 | length)}",
                "{k: (null | .[2000000000] += 1 | length)}",
                "{k: (null | getpath([2000000000, 0]) = 1 | length)}",
                "{k: ([[range(9)] | combinations(9)] | length)}",
                "{k: (\"a\" * 30 + \"b\" | test(\"(a|a)*c|(a+)+$\") | not)}",
                "{k: ([range(200000) | tostring] | add | gsub(\"\"; \"xxxxxxxx\") | length)}",
                "try (def f: f; f) catch {k: 1}",
                "{k: ([range(1e12)]? // 1)}",
            })
    void aQueryThatCostsTooMuchIsGivenUp(String text) throws Exception {
        Query query = Query.compile(text, text.contains("test(") ? Duration.ofMillis(300) : LONG);

        CompletableFuture<Object> result = CompletableFuture.supplyAsync(() -> run(query), Thread::startVirtualThread);

        assertThat(result.get(60, TimeUnit.SECONDS)).asString().startsWith("The query was given up");
    }

    @Test
    void commasInAPipeAreCounted() {
        Query query = Query.compile("{k: ([" + "(0, 0) | ".repeat(60) + "1] | length)}", LONG);

        assertThat(run(query)).asString().startsWith("The query was given up");
    }

    @Test
    void aManyfoldTextIsCounted() {
        Query query = Query.compile("(\"x\" * 1000000) as $x | {k: \"" + "\\($x)".repeat(500) + "\"}", LONG);

        assertThat(run(query)).asString().startsWith("The query was given up");
    }

    @Test
    void aQueryThatTakesTooLongIsGivenUp() {
        Query query = Query.compile("{k: ([range(100000)] | length)}", Duration.ofNanos(1));

        assertThat(run(query)).isEqualTo("The query was given up: it takes too long");
    }

    @Test
    void aLargeRecordMayCostMore() throws Exception {
        String record = "{\"a\": [" + "1,".repeat(500_000) + "1]}";
        Query query = Query.compile("{k: (.a | map(. + 1) | add)}", LONG);

        assertThat(query.keys(record.getBytes(StandardCharsets.UTF_8))).containsEntry("k", "1000002");
    }

    @Test
    void deepRecordsAreNoErrorOfTheServer() {
        Query query = Query.compile("{k: ([..] | length)}", LONG);
        String deep = "[".repeat(900) + "]".repeat(900);

        assertThatThrownBy(() -> query.keys(("[".repeat(100_000)).getBytes(StandardCharsets.UTF_8)))
                .isInstanceOf(QueryException.class);
        assertThat(runOn(query, deep)).isNotNull();
    }

    @Test
    void whoStopsTheThreadStopsTheQuery() throws Exception {
        Query query = Query.compile("{k: (\"a\" * 40 + \"b\" | test(\"(a+)+$\"))}", LONG);
        CompletableFuture<Object> result = new CompletableFuture<>();
        Thread thread = Thread.startVirtualThread(() -> {
            try {
                result.complete(query.keys("{}".getBytes(StandardCharsets.UTF_8)));
            } catch (QueryException | InterruptedException e) {
                result.completeExceptionally(e);
            }
        });
        thread.interrupt();

        assertThatThrownBy(() -> result.get(60, TimeUnit.SECONDS))
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
    }

    private static Object run(Query query) {
        return runOn(query, "{\"a\": 1}");
    }

    private static Object runOn(Query query, String record) {
        try {
            return query.keys(record.getBytes(StandardCharsets.UTF_8));
        } catch (QueryException e) {
            return e.getMessage();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
