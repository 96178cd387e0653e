package io.riacho.analytics.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.riacho.analytics.job.CodeException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of an application's code before it runs. */
class CodeCheckTest {

    private static final String NUMBERS = Jobs.numbers(10, 10);
    private static final String NOWHERE = "CREATE TEMPORARY TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole')";
    private static final String INSERT = "INSERT INTO nowhere SELECT id FROM numbers";

    private final FlinkJobRunner runner = EmbeddedFlink.RUNNER;

    @Test
    void rightCodePasses() {
        assertThatCode(() -> check(List.of(NUMBERS, NOWHERE), INSERT)).doesNotThrowAnyException();
    }

    @Test
    void aSyntaxErrorHasItsPlace() {
        CodeException wrong = wrong(List.of(NUMBERS, NOWHERE), "INSERT INTO nowhere\nSELECT id FORM numbers");

        assertThat(wrong.line()).isEqualTo(2);
        assertThat(wrong.column()).isEqualTo(16);
        assertThat(wrong).hasMessageContaining("numbers").hasMessageNotContaining("SQL parse failed");
    }

    @Test
    void anUnknownColumnHasItsPlace() {
        CodeException wrong = wrong(List.of(NUMBERS, NOWHERE), "INSERT INTO nowhere SELECT\n  idd\nFROM numbers");

        assertThat(wrong.line()).isEqualTo(2);
        assertThat(wrong.column()).isEqualTo(3);
        assertThat(wrong).hasMessageContaining("Column 'idd' not found in any table");
    }

    @Test
    void anErrorWithoutAPlaceOfItsOwnIsWhereItsStatementBegins() {
        CodeException wrong = wrong(
                List.of(
                        NUMBERS,
                        "\n\n"
                                + "   CREATE TEMPORARY TABLE nowhere (id BIGINT) WITH ('connector' = 'blackhole', 'x' ="
                                + " 'y')"),
                INSERT);

        assertThat(wrong).hasMessageContaining("x");
    }

    @Test
    void aConnectorThatIsNotThereIsNamed() {
        CodeException wrong = wrong(
                List.of(
                        NUMBERS,
                        "CREATE TEMPORARY TABLE nowhere (id BIGINT) WITH ('connector' = 'kafka', 'token' = 'x')"),
                INSERT);

        assertThat(wrong).hasMessageContaining("kafka").hasMessageNotContaining("token");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ADD JAR 'file:///tmp/x.jar'",
                "CREATE TEMPORARY FUNCTION f AS 'io.riacho.flink.function.X' USING JAR 'file:///tmp/x.jar'",
                "CREATE TEMPORARY FUNCTION f AS 'org.apache.flink.table.functions.ScalarFunction'",
                "CREATE TEMPORARY SYSTEM FUNCTION f AS 'com.example.F'",
                "CREATE FUNCTION f AS 'f.f' LANGUAGE PYTHON",
                "CREATE CATALOG c WITH ('type' = 'generic_in_memory')",
                "CREATE TABLE t (id BIGINT) WITH ('connector' = 'print')",
                "CREATE TABLE t LIKE nowhere (EXCLUDING ALL)  WITH ('connector' = 'print')",
                "CREATE TABLE t WITH ('connector' = 'blackhole') AS SELECT id FROM numbers",
                "SET 'execution.checkpointing.dir' = 'file:///tmp/x'",
                "SET 'pipeline.jars' = 'file:///tmp/x.jar'",
                "LOAD MODULE hive",
                "SHOW TABLES",
                "SELECT 1",
                "INSERT INTO nowhere SELECT id FROM numbers"
            })
    void whatIsNotADefinitionIsRefused(String statement) {
        assertThatThrownBy(() -> check(List.of(NUMBERS, NOWHERE, statement), INSERT))
                .isInstanceOf(CodeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "INSERT INTO nowhere /*+ OPTIONS('connector' = 'print') */ SELECT id FROM numbers",
                "INSERT INTO nowhere SELECT id FROM numbers /*+ OPTIONS('connector' = 'filesystem', 'path' = '/') */"
            })
    void aQueryCannotGiveATableAnotherConnector(String insert) {
        assertThatThrownBy(() -> check(List.of(NUMBERS, NOWHERE), insert)).isInstanceOf(CodeException.class);
    }

    @Test
    void settingsOfTheTableEnvironmentAreTaken() {
        assertThatCode(() -> check(List.of("SET 'table.exec.state.ttl' = '1 h'", NUMBERS, NOWHERE), INSERT))
                .doesNotThrowAnyException();
    }

    @Test
    void codeWithoutAnInsertComputesNothing() {
        assertThatThrownBy(() -> runner.check(Jobs.job("r", List.of(NUMBERS), List.of())))
                .isInstanceOf(CodeException.class);
    }

    @Test
    void viewsThatGrowWithoutBoundAreRefusedBeforeTheyArePlanned() {
        List<String> statements =
                new ArrayList<>(List.of(NUMBERS, NOWHERE, "CREATE TEMPORARY VIEW v0 AS SELECT id FROM numbers"));
        for (int i = 1; i < 40; i++) {
            statements.add("CREATE TEMPORARY VIEW v%d AS SELECT id FROM v%d UNION ALL SELECT id FROM v%d"
                    .formatted(i, i - 1, i - 1));
        }

        CodeException wrong = wrong(statements, "INSERT INTO nowhere SELECT id FROM v39");

        assertThat(wrong).hasMessageContaining("more than 500 tables");
    }

    @Test
    void codeThatIsNestedWithoutBoundIsRefused() {
        String deep =
                "INSERT INTO nowhere SELECT " + "(".repeat(20_000) + "id" + " + 1)".repeat(20_000) + " FROM numbers";

        assertThatThrownBy(() -> check(List.of(NUMBERS, NOWHERE), deep)).isInstanceOf(CodeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CUBE(a, b, c, d, e, f, g, h, i)",
                "CUBE /* hidden */ (a, b, c, d, e, f, g, h, i)",
                "CUBE(a, b, c, d, e), CUBE(f, g, h, i)",
                "ROLLUP(a, b, c, d, e), CUBE(a, b, c, d, e, f, g)"
            })
    void groupingsThatStandForVeryManyQueriesAreRefused(String groupings) {
        CodeException wrong = wrong(
                List.of(
                        NUMBERS,
                        NOWHERE,
                        "CREATE TEMPORARY VIEW wide AS SELECT id AS a, id AS b, id AS c, id AS d, id AS e, id AS f, "
                                + "id AS g, id AS h, id AS i FROM numbers"),
                "INSERT INTO nowhere SELECT COUNT(*) FROM wide GROUP BY " + groupings);

        assertThat(wrong).hasMessageContaining("more than 500 tables");
    }

    @Test
    void textAndCommentsAreNoCode() {
        assertThatCode(() -> check(
                        List.of(NUMBERS, NOWHERE),
                        "INSERT INTO nowhere SELECT id FROM numbers WHERE '" + "CUBE(a,b,c,d,e,f,g,h,i,j)"
                                + "(".repeat(600) + "' <> 'it''s' -- CUBE(a,b,c,d,e,f,g,h,i,j)"))
                .doesNotThrowAnyException();
    }

    private void check(List<String> statements, String insert) {
        runner.check(Jobs.job("r", statements, List.of(insert)));
    }

    private CodeException wrong(List<String> statements, String insert) {
        return java.util.Objects.requireNonNull(
                catchThrowableOfType(CodeException.class, () -> check(statements, insert)));
    }
}
