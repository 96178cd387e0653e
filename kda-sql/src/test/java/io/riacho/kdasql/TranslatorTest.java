package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.riacho.kdasql.ApplicationCode.Input;
import io.riacho.kdasql.ApplicationCode.Output;
import io.riacho.kdasql.ApplicationCode.Reference;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the translation says of code that cannot run, and of names. What it gives for code that can is in the golden files. */
class TranslatorTest {
    private static final String STREAM = "CREATE STREAM RESULTS (N INTEGER);\n";

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
        SELECT STREAM NOWHERE FROM TRADES                                  | 15 | There is no column NOWHERE
        SELECT STREAM T.PRICE FROM TRADES AS X                             | 15 | There is no table T in this query
        SELECT STREAM LOWER FROM TRADES                                    | 15 | Incorrect syntax near the keyword 'LOWER'
        SELECT STREAM NAME FROM TRADES                                     | 15 | There is no column NAME; there is "name", which needs quotes
        SELECT STREAM QUANTITY FROM NOTHING                                | 29 | There is no stream NOTHING
        SELECT STREAM QUANTITY FROM "trades"                               | 29 | There is no stream trades; there is "TRADES", which needs quotes
        SELECT STREAM QUANTITY, PRICE FROM TRADES                          | 1 | The query has 2 columns, RESULTS takes 1
        SELECT STREAM EVENT_TIME FROM TRADES                               | 1 | A value of type TIMESTAMP cannot become one of type INTEGER
        SELECT STREAM FROBNICATE(QUANTITY) FROM TRADES                     | 15 | The function FROBNICATE is not known
        SELECT STREAM COUNT(*) FROM TRADES                                 | 1 | An aggregate of a stream needs GROUP BY with a window
        SELECT STREAM COUNT(*) FROM TRADES GROUP BY TICKER                 | 36 | GROUP BY of a stream needs a window of ROWTIME
        SELECT STREAM QUANTITY FROM TRADES GROUP BY FLOOR(TRADES.ROWTIME TO MINUTE) | 15 | The column QUANTITY is not in the GROUP BY
        SELECT STREAM QUANTITY FROM TRADES WHERE PRICE                     | 42 | A condition is needed here, not a value of type DOUBLE
        SELECT STREAM QUANTITY FROM TRADES ORDER BY PRICE                  | 45 | ORDER BY must begin with an expression of ROWTIME
        SELECT STREAM DISTINCT QUANTITY FROM TRADES                        | 1 | SELECT DISTINCT needs an expression of ROWTIME
        SELECT STREAM QUANTITY FROM TRADES WHERE EVENT_TIME > 5            | 42 | A value of type TIMESTAMP cannot be compared with one of type INTEGER
        SELECT STREAM QUANTITY FROM TRADES, TRADES                         | 37 | Both sides of the join have one name
        SELECT STREAM SUM(TICKER) FROM TRADES GROUP BY FLOOR(TRADES.ROWTIME TO MINUTE) | 15 | SUM needs a number, not a value of type VARCHAR(4)
        SELECT STREAM AVG(PRICE) OVER W FROM TRADES                        | 31 | There is no window W
        SELECT STREAM "symbol" FROM "Companies"                            | 29 | A reference table can be joined with a stream only
        SELECT STREAM QUANTITY FROM RESULTS                                    | 29 | The stream RESULTS would feed itself
        SELECT STREAM QUANTITY FROM TRADES UNION SELECT STREAM QUANTITY FROM TRADES | 1 | UNION is not supported on streams
        SELECT STREAM QUANTITY FROM TRADES WHERE QUANTITY IN (SELECT QUANTITY FROM TRADES) | 42 | IN needs a list of values
        SELECT STREAM COUNT(*) FROM TRADES GROUP BY STEP(TRADES.ROWTIME BY INTERVAL '1' MONTH) | 68 | A window of months or years is not supported
        SELECT STREAM QUANTITY FROM TRADES GROUP BY STEP(TRADES.ROWTIME BY INTERVAL 'x' SECOND) | 68 | 'x' is no interval of SECOND
        """)
    void codeThatCannotRunIsRefusedWithThePlace(String query, int column, String reason) {
        String pump = "CREATE PUMP P AS INSERT INTO RESULTS ";
        String code = STREAM + pump + query;

        assertThatExceptionOfType(SqlCodeException.class)
                .isThrownBy(() -> translate(code))
                .satisfies(e -> assertThat(e.getMessage()).contains(reason))
                .satisfies(e -> assertThat(List.of(e.line(), e.column() - pump.length()))
                        .isEqualTo(List.of(2, column)));
    }

    @Test
    void aStatementThatIsNoneOfAnApplicationIsRefused() {
        assertThatExceptionOfType(SqlCodeException.class)
                .isThrownBy(() -> translate("SELECT STREAM * FROM TRADES"))
                .withMessageContaining("An application is made of CREATE STREAM, CREATE PUMP and CREATE FUNCTION");
    }

    @Test
    void anOutputNeedsAStreamOfItsNameInItsCase() {
        ApplicationCode code = application(STREAM, List.of(new Output("results", Map.of("connector", "blackhole"))));

        assertThatExceptionOfType(SqlCodeException.class)
                .isThrownBy(() -> Translator.translate(code))
                .withMessageContaining(
                        "There is no in-application stream results for the output; there is \"RESULTS\"");
    }

    @Test
    void streamsThatFeedEachOtherInACircleAreRefused() {
        assertThatExceptionOfType(SqlCodeException.class)
                .isThrownBy(() -> translate("""
                    CREATE STREAM A (N INTEGER);
                    CREATE STREAM B (N INTEGER);
                    CREATE PUMP P AS INSERT INTO A SELECT STREAM N FROM B;
                    CREATE PUMP Q AS INSERT INTO B SELECT STREAM N FROM A;
                    """))
                .withMessageContaining("would feed itself");
    }

    @Test
    void aPumpMayReadAStreamThatALaterPumpFills() {
        Translation translation = translate("""
            CREATE STREAM FIRST_ONE (N INTEGER);
            CREATE STREAM SECOND_ONE (N INTEGER);
            CREATE PUMP P AS INSERT INTO FIRST_ONE SELECT STREAM N FROM SECOND_ONE;
            CREATE PUMP Q AS INSERT INTO SECOND_ONE SELECT STREAM QUANTITY FROM TRADES;
            """);

        assertThat(translation.streams().stream().map(Translation.Stream::name))
                .containsExactly("TRADES", "SECOND_ONE", "FIRST_ONE");
    }

    @Test
    void aPumpThatIsReplacedStoppedOrDroppedDoesNotRun() {
        String script = translate("""
            CREATE STREAM RESULTS (N INTEGER);
            CREATE PUMP REPLACED AS INSERT INTO RESULTS SELECT STREAM 1 FROM TRADES;
            CREATE OR REPLACE PUMP REPLACED AS INSERT INTO RESULTS SELECT STREAM 2 FROM TRADES;
            CREATE PUMP HALTED AS INSERT INTO RESULTS SELECT STREAM 3 FROM TRADES;
            ALTER PUMP HALTED STOP;
            CREATE PUMP GONE AS INSERT INTO RESULTS SELECT STREAM 4 FROM TRADES;
            DROP PUMP GONE;
            CREATE PUMP LATE STOPPED AS INSERT INTO RESULTS SELECT STREAM 5 FROM TRADES;
            ALTER PUMP LATE START;
            """).script();

        assertThat(script)
                .contains("SELECT 2 AS", "SELECT 5 AS")
                .doesNotContain("SELECT 1 AS", "SELECT 3 AS", "SELECT 4 AS");
    }

    @Test
    void nestingIsBoundedAndNeverOverflowsTheStack() {
        for (String deep : List.of(
                "(".repeat(50_000),
                "(".repeat(400) + "QUANTITY" + ")".repeat(400),
                "QUANTITY" + " + 1".repeat(20_000),
                "NOT ".repeat(20_000) + "TRUE",
                "- ".repeat(20_000) + "QUANTITY",
                "CASE WHEN TRUE THEN ".repeat(4_000) + "1" + " END".repeat(4_000))) {
            String code = STREAM + "CREATE PUMP P AS INSERT INTO RESULTS SELECT STREAM " + deep + " FROM TRADES";
            try {
                translate(code);
            } catch (SqlCodeException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    @Test
    void aFunctionThatGrowsWithEachCallIsBounded() {
        StringBuilder code =
                new StringBuilder("CREATE FUNCTION F0(A DOUBLE) RETURNS DOUBLE CONTAINS SQL RETURN A + A;\n");
        for (int i = 1; i < 30; i++) {
            code.append("CREATE FUNCTION F%d(A DOUBLE) RETURNS DOUBLE CONTAINS SQL RETURN F%d(A) + F%d(A);\n"
                    .formatted(i, i - 1, i - 1));
        }
        code.append(STREAM).append("CREATE PUMP P AS INSERT INTO RESULTS SELECT STREAM F29(PRICE) FROM TRADES");

        assertThatExceptionOfType(SqlCodeException.class).isThrownBy(() -> translate(code.toString()));
    }

    @Test
    void aFunctionCannotCallItself() {
        assertThatExceptionOfType(SqlCodeException.class)
                .isThrownBy(() -> translate("CREATE FUNCTION F(A DOUBLE) RETURNS DOUBLE CONTAINS SQL RETURN F(A);\n"
                        + STREAM + "CREATE PUMP P AS INSERT INTO RESULTS SELECT STREAM F(PRICE) FROM TRADES"))
                .withMessageContaining("Functions call each other too deeply");
    }

    @Test
    void codeLongerThanTheLimitIsRefused() {
        assertThatExceptionOfType(SqlCodeException.class)
                .isThrownBy(() -> translate("-- ".repeat(40_000)))
                .withMessage("The code is longer than 102,400 characters");
    }

    @Test
    void codeOfCommentsOnlyIsNoError() {
        assertThat(translate("-- nothing yet\n/* nor here */\n").inserts()).isEmpty();
    }

    @Test
    void identifiersCannotLeaveTheirQuotes() {
        String script = translate("CREATE STREAM \"x` AS SELECT 1; DROP\" (\"a`b\" INTEGER);\n")
                .script();

        assertThat(script).contains("`x`` AS SELECT 1; DROP`", "`a``b`");
    }

    private static Translation translate(String code) {
        return Translator.translate(application(code, List.of()));
    }

    private static ApplicationCode application(String code, List<Output> outputs) {
        return new ApplicationCode(
                code,
                List.of(new Input(
                        "TRADES",
                        List.of(
                                new Column("TICKER", "VARCHAR(4)"),
                                new Column("PRICE", "DOUBLE"),
                                new Column("QUANTITY", "INTEGER"),
                                new Column("EVENT_TIME", "TIMESTAMP"),
                                new Column("name", "VARCHAR(8)")),
                        Map.of("connector", "datagen"))),
                List.of(new Reference(
                        "Companies", List.of(new Column("symbol", "VARCHAR(4)")), Map.of("connector", "filesystem"))),
                outputs,
                Limits.DEFAULT);
    }
}
