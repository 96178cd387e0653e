package io.riacho.kdasql;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever the text is, it translates or is refused with an error of the code. */
class TranslatorProperties {
    private static final List<String> WORDS = List.of(
            "CREATE OR REPLACE STREAM",
            "CREATE PUMP",
            "AS INSERT INTO",
            "SELECT STREAM",
            "SELECT",
            "DISTINCT",
            "FROM",
            "WHERE",
            "GROUP BY",
            "ORDER BY",
            "HAVING",
            "WINDOW",
            "OVER",
            "PARTITION BY",
            "RANGE",
            "ROWS",
            "INTERVAL '1' MINUTE",
            "PRECEDING",
            "STEP(",
            "FLOOR(",
            "CAST(",
            "COUNT(*)",
            "AVG(",
            "LAG(",
            "TABLE(",
            "CURSOR(",
            "RANDOM_CUT_FOREST(",
            "WINDOWED BY STAGGER",
            "JOIN",
            "LEFT JOIN",
            "ON",
            "UNION ALL",
            "CASE WHEN",
            "THEN",
            "ELSE",
            "END",
            "(",
            ")",
            ",",
            ";",
            ".",
            "*",
            "+",
            "-",
            "/",
            "=",
            ">",
            "S",
            "A",
            "B",
            "\"x\"",
            "'text'",
            "1",
            "2.5",
            "ROWTIME",
            "TO MINUTE",
            "BY",
            "AS",
            "INTEGER",
            "VARCHAR(4)",
            "TIMESTAMP",
            "NULL",
            "AND",
            "NOT",
            "IN",
            "BETWEEN",
            "LIKE",
            "'",
            "\"",
            "--",
            "/*");

    @Property(tries = 400)
    void wordsInAnyOrderAreTranslatedOrRefused(@ForAll("texts") String text) {
        ends(text);
    }

    @Property(tries = 200)
    void anyTextIsTranslatedOrRefused(@ForAll String text) {
        ends(text);
    }

    @Property(tries = 200)
    void aWholeApplicationWithAPieceReplacedIsTranslatedOrRefused(
            @ForAll("texts") String piece, @ForAll("places") int from, @ForAll("places") int to) {
        String whole = """
            CREATE STREAM RESULTS (A INTEGER, B DOUBLE);
            CREATE PUMP P AS INSERT INTO RESULTS SELECT STREAM COUNT(*), AVG(B) FROM S
            WHERE A > 1 GROUP BY STEP(S.ROWTIME BY INTERVAL '1' MINUTE), A HAVING COUNT(*) > 2
            """;
        int start = Math.min(from, to) % whole.length();
        int end = Math.max(start, Math.max(from, to) % whole.length());
        ends(whole.substring(0, start) + piece + whole.substring(end));
    }

    private static void ends(String text) {
        try {
            Translation translation = Translator.translate(new ApplicationCode(
                    text,
                    List.of(new ApplicationCode.Input(
                            "S", List.of(new Column("A", "INTEGER"), new Column("B", "DOUBLE")), Map.of())),
                    List.of(),
                    List.of(),
                    Limits.DEFAULT));
            assertThat(translation.statements()).isNotEmpty();
        } catch (SqlCodeException e) {
            assertThat(e.getMessage()).isNotBlank();
        }
    }

    @Provide
    Arbitrary<String> texts() {
        return Arbitraries.of(WORDS).list().ofMaxSize(30).map(words -> String.join(" ", words));
    }

    @Provide
    Arbitrary<Integer> places() {
        return Arbitraries.integers().between(0, 200);
    }
}
