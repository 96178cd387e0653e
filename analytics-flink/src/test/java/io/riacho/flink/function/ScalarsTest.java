package io.riacho.flink.function;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.types.Row;
import org.apache.flink.util.CloseableIterator;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class ScalarsTest {
    private static FlinkTables flink;

    @BeforeAll
    static void open() throws Exception {
        flink = FlinkTables.open();
    }

    private final Map<String, @Nullable String> cases = new LinkedHashMap<>();

    private void gives(String expression, @Nullable String result) {
        cases.put(expression, result);
    }

    /** Computes all expressions in one job; V hides a text from the planner, without it the planner computes them. */
    private void check() throws Exception {
        for (boolean planned : List.of(false, true)) {
            List<String> expressions = new ArrayList<>();
            for (String expression : cases.keySet()) {
                expressions.add("CAST(" + (planned ? expression.replace("V(", "(") : expression) + " AS STRING)");
            }
            Map<String, @Nullable String> results = new LinkedHashMap<>();
            try (CloseableIterator<Row> rows = flink.sql
                    .executeSql("SELECT " + String.join(", ", expressions))
                    .collect()) {
                Row row = rows.next();
                int i = 0;
                for (String expression : cases.keySet()) {
                    results.put(expression, (String) row.getField(i++));
                }
            }
            assertThat(results).as(planned ? "planned" : "in the job").isEqualTo(cases);
        }
    }

    @Test
    void datesAreAsAwsDocumentsThem() throws Exception {
        gives("KDA_STEP(CAST(V('2004-09-30 13:48:23') AS TIMESTAMP(3)), 10000)", "2004-09-30 13:48:20.000");
        gives("KDA_STEP(CAST(V('2004-09-30 13:48:23') AS TIMESTAMP(3)), 7200000)", "2004-09-30 12:00:00.000");
        gives("KDA_STEP(CAST(V('2004-09-30 13:48:23') AS TIMESTAMP(3)), 300000)", "2004-09-30 13:45:00.000");
        // AWS's table says 25, the formula on the same page 24.
        gives("KDA_STEP(CAST(V('2004-09-27 13:48:23') AS TIMESTAMP(3)), 5 * 86400000)", "2004-09-24 00:00:00.000");
        gives("KDA_STEP(CAST(V('1969-12-31 23:59:59') AS TIMESTAMP(3)), 60000)", "1969-12-31 23:59:00.000");
        gives("KDA_STEP_MONTHS(CAST(V('2004-09-30 13:48:23') AS TIMESTAMP(3)), 12)", "2004-01-01 00:00:00.000");
        gives("KDA_STEP_MONTHS(CAST(V('1969-11-30 13:48:23') AS TIMESTAMP(3)), 3)", "1969-10-01 00:00:00.000");
        gives("KDA_UNIX_TIMESTAMP(CAST(V('1970-01-01 00:01:00.007') AS TIMESTAMP(3)))", "60007");
        gives("KDA_TO_TIMESTAMP(CAST(V('1500000000123') AS BIGINT))", "2017-07-14 02:40:00.123");
        gives("KDA_TO_TIMESTAMP(CAST(V('9223372036854775807') AS BIGINT))", null);
        gives("KDA_TSDIFF(CAST(V('2020-01-01 00:00:02') AS TIMESTAMP(3)), TIMESTAMP '2020-01-01 00:00:00.5')", "1500");
        gives("KDA_CHAR_TO_TIMESTAMP('yyyy-MM-dd', V('2009-09-16 03:15:24'))", "2009-09-16 00:00:00.000");
        gives("KDA_CHAR_TO_TIMESTAMP('MM/dd/yy hh:mm:ss', V('09/16/11 03:15:24'))", "2011-09-16 03:15:24.000");
        gives("KDA_CHAR_TO_TIMESTAMP('MM/dd/yy hh:mm:ss', V('2009/09/16 03:15:24'))", null);
        gives("KDA_CHAR_TO_TIMESTAMP('yyyy-hh-mm', V('2009-09-16 03:15:24'))", "2009-01-01 09:16:00.000");
        gives("KDA_CHAR_TO_TIMESTAMP('yyyy', V('2009-09-16 03:15:24'))", "2009-01-01 00:00:00.000");
        gives("KDA_CHAR_TO_TIMESTAMP('yyyy hh', V('2009-09-16 03:15:24'))", null);
        gives("KDA_CHAR_TO_TIMESTAMP('yyyy-mm', V('2012-02-08 07:23:19'))", "2012-01-01 00:02:00.000");
        gives("KDA_CHAR_TO_TIMESTAMP('yyyy-ss-mm', V('2012-02-08 07:23:19'))", "2012-01-01 00:08:02.000");
        gives("KDA_CHAR_TO_TIMESTAMP('MMM dd, yyyy', V('March 7, 2010'))", "2010-03-07 00:00:00.000");
        gives("KDA_CHAR_TO_TIMESTAMP('MMM dd,', V('March 7, 2010'))", "1970-03-07 00:00:00.000");
        gives("KDA_CHAR_TO_TIMESTAMP('M-d', V('2-8'))", "1970-02-08 00:00:00.000");
        gives("KDA_CHAR_TO_TIMESTAMP('MM/dd/yy hh:mm:ss', V('12/19/11 12:11:10'))", "2011-12-19 00:11:10.000");
        gives("KDA_CHAR_TO_TIMESTAMP('MM/dd/yy HH:mm:ss', V('12/19/11 21:08:07'))", "2011-12-19 21:08:07.000");
        gives("KDA_CHAR_TO_TIMESTAMP('nonsense', V('12/19/11'))", null);
        gives("KDA_CHAR_TO_DATE('MM/dd/yyyy', V('12/19/2011'))", "2011-12-19");
        gives("KDA_CHAR_TO_TIME('HH.mm.ss', V('21.08.07'))", "21:08:07");
        gives(
                "KDA_TIMESTAMP_TO_CHAR('yyyy-MM-dd hh:mm:ss', CAST(V('2011-12-19 21:08:07') AS TIMESTAMP(3)))",
                "2011-12-19 09:08:07");
        gives("KDA_TIMESTAMP_TO_CHAR('dd.MM.yy', CAST(V('2011-12-19') AS DATE))", "19.12.11");
        gives("KDA_TIMESTAMP_TO_CHAR('H:mm', CAST(V('2011-12-19 21:08:07') AS TIMESTAMP(6)))", "21:08");
        gives("KDA_TIMESTAMP_TO_CHAR('H:mm', CAST(V('21:08:07') AS TIME(0)))", "21:08");
        gives("KDA_TIMESTAMP_TO_CHAR('yyyy', CAST(NULLIF(V('x'), 'x') AS TIMESTAMP(3)))", "null");
        check();
    }

    @Test
    void intervalsAreWrittenWithTheirSign() throws Exception {
        gives(
                "KDA_INTERVAL_TO_CHAR(KDA_MILLIS_BETWEEN(CAST(V('12:03:34') AS TIME(0)), TIME '11:57:23'), 'MINUTE TO SECOND')",
                "+6:11");
        gives(
                "KDA_INTERVAL_TO_CHAR(KDA_MILLIS_BETWEEN(CAST(V('12:03:34') AS TIME(0)), TIME '11:57:23'), 'SECOND')",
                "+371");
        gives(
                "KDA_INTERVAL_TO_CHAR(KDA_MILLIS_BETWEEN(CAST(V('12:03:34') AS TIME(0)), TIME '11:57:23'), 'MINUTE')",
                "+6");
        gives(
                "KDA_INTERVAL_TO_CHAR(KDA_MILLIS_BETWEEN(CAST(V('2004-05-01 12:03:34') AS TIMESTAMP(3)), TIMESTAMP '2004-04-29 11:57:23'), 'DAY TO SECOND')",
                "+2 00:06:11");
        gives(
                "KDA_INTERVAL_TO_CHAR(KDA_MILLIS_BETWEEN(CAST(V('2004-12-02') AS DATE), DATE '2003-12-01'), 'DAY')",
                "+367");
        gives("KDA_INTERVAL_TO_CHAR(CAST(V('-90061000') AS BIGINT), 'HOUR TO MINUTE')", "-25:01");
        gives("KDA_INTERVAL_TO_CHAR(1, V('FORTNIGHT'))", null);
        check();
    }

    @Test
    void partsOfTextsAreAsAwsDocumentsThem() throws Exception {
        gives("KDA_SUBSTRING(V('123456789'), 3, 4)", "3456");
        gives("KDA_SUBSTRING(V('123456789'), 17, 4)", "");
        gives("KDA_SUBSTRING(V('123456789'), -1, 4)", "12");
        gives("KDA_SUBSTRING(V('123456789'), 6, 0)", "");
        gives("KDA_SUBSTRING(V('123456789'), 8, 4)", "89");
        gives("KDA_SUBSTRING(V('123456789'), 8)", "89");
        gives("KDA_SUBSTRING(V('123456789'), 2147483647, 2147483647)", "");
        gives("KDA_SUBSTRING(V('123456789'), 1, -1)", null);
        gives("KDA_SUBSTRING_REGEX(V('TECHNOLOGY'), 'L[A-Z]*')", "LOGY");
        gives("KDA_SUBSTRING_REGEX(V('TECHNOLOGY'), 'FOO')", null);
        gives("KDA_SUBSTRING_REGEX(V('TECHNOLOGY'), 'O[A-Z]')", "OL");
        gives("KDA_SUBSTRING_REGEX(V('TECHNOLOGY'), '(?<=H).')", "N");
        gives("KDA_SUBSTRING_REGEX(V('TECHNOLOGY'), '(')", null);
        gives("KDA_SUBSTRING_COMMA(V('123456789'), 3, 4)", "3456");
        gives("KDA_SUBSTRING_COMMA(V('123456789'), 7, 4)", "789");
        gives("KDA_SUBSTRING_COMMA(V('123456789'), 10, 4)", null);
        gives("KDA_SUBSTRING_SIMILAR(V('123456789'), '23#\"456#\"78', '#')", "456");
        gives("KDA_SIMILAR(V('abc'), '(b|a)%')", "TRUE");
        gives("KDA_SIMILAR(V('abc'), '(b|c)%')", "FALSE");
        gives("KDA_SIMILAR(V('a.c'), 'a._')", "TRUE");
        gives("KDA_SIMILAR(V('abc'), 'a._')", "FALSE");
        gives("KDA_SIMILAR(V('50%'), '[[:DIGIT:]]{2}!%', '!')", "TRUE");
        gives("KDA_SIMILAR(V('505'), '[[:DIGIT:]]{2}!%', '!')", "FALSE");
        gives("KDA_SIMILAR(V('505'), '[')", null);
        gives("KDA_REGEX_REPLACE(V('http://a http://b'), 'http://', 'https://', 1, 0)", "https://a https://b");
        gives("KDA_REGEX_REPLACE(V('http://a http://b'), 'http://', 'https://', 1, 2)", "http://a https://b");
        gives("KDA_REGEX_REPLACE(V('http://a http://b'), 'http://', 'https://', 2, 1)", "http://a https://b");
        gives("KDA_REGEX_REPLACE(V('2020-01-02'), '(\\d+)-(\\d+)', '$2/$1\\$', 1, 0)", "01/2020$-02");
        gives("KDA_REGEX_REPLACE(V('ab'), 'x*', '-', 1, 0)", "-a-b-");
        gives("KDA_REGEX_REPLACE(V('ab'), 'a', 'b', 9, 0)", "ab");
        gives("KDA_REGEX_REPLACE(V('ab'), 'a', 'b', 0, 0)", null);
        gives("KDA_REGEX_REPLACE(V('ab'), 'a', '$1', 1, 0)", null);
        gives("KDA_HEX(V('aé'))", "61c3a9");
        check();
    }

    @Test
    void textsAndNumbersAreCastOrNull() throws Exception {
        gives("KDA_ROUND_TO_INTEGER(CAST(V('2.5') AS FLOAT))", "3");
        gives("KDA_ROUND_TO_INTEGER(CAST(V('-1.5') AS DOUBLE))", "-2");
        gives("KDA_ROUND_TO_INTEGER(CAST(V('0.49999999999999994') AS DOUBLE))", "0");
        gives("KDA_ROUND_TO_INTEGER(CAST(V('2147483647.5') AS DOUBLE))", null);
        gives("KDA_ROUND_TO_TINYINT(CAST(V('127.6') AS DOUBLE))", null);
        gives("KDA_ROUND_TO_SMALLINT(CAST(V('-32768.4') AS DOUBLE))", "-32768");
        gives("KDA_ROUND_TO_BIGINT(CAST(V('1e19') AS DOUBLE))", null);
        gives("KDA_PARSE_TIMESTAMP(V('2004-09-30 13:48:23.5'))", "2004-09-30 13:48:23.500");
        gives("KDA_PARSE_TIMESTAMP(V(' 2004-9-30 '))", "2004-09-30 00:00:00.000");
        gives("KDA_PARSE_TIMESTAMP(V('2004-02-30 13:48:23'))", null);
        gives("KDA_PARSE_DATE(V('2004-09-30'))", "2004-09-30");
        gives("KDA_PARSE_TIME(V('13:48'))", "13:48:00");
        gives("KDA_PARSE_TIME(V('25:48'))", null);
        gives("KDA_PARSE_BOOLEAN(V(' TRUE'))", "TRUE");
        gives("KDA_PARSE_BOOLEAN(V('yes'))", null);
        gives("KDA_PARSE_DOUBLE(V('1e3'))", "1000.0");
        gives("KDA_PARSE_DOUBLE(V('1e999999999'))", null);
        gives("KDA_PARSE_DOUBLE(V('NaN'))", null);
        gives("KDA_PARSE_BIGINT(V(' 12 '))", "12");
        gives("KDA_PARSE_BIGINT(V('9223372036854775808'))", null);
        gives("KDA_PARSE_BIGINT(V('twelve'))", null);
        check();
    }

    @Test
    void linesOfLogsBecomeColumns() throws Exception {
        String line =
                "V('192.168.254.30 - John [24/May/2004:22:01:02 -0700] \"GET /icons/apache_pb.gif HTTP/1.1\" 304 0')";
        List<String> columns = List.of(
                "192.168.254.30",
                "-",
                "John",
                "[24/May/2004:22:01:02 -0700]",
                "GET /icons/apache_pb.gif HTTP/1.1",
                "304",
                "0");
        for (int i = 0; i < columns.size(); i++) {
            gives("KDA_W3C_LOG_PARSE(" + line + ", 'COMMON').COLUMN" + (i + 1), columns.get(i));
            gives("KDA_W3C_LOG_PARSE(" + line + ", '%h %l %u %t \"%r\" %>s %b').COLUMN" + (i + 1), columns.get(i));
        }
        gives("KDA_W3C_LOG_PARSE(V('http://a/ ---> /b c'), 'REFERER').COLUMN2", "/b c");
        gives("KDA_W3C_LOG_PARSE(V('no such line'), 'COMMON').COLUMN1", null);
        gives("KDA_REGEX_LOG_PARSE(V('HEALTHCARE'), '.*([E].).*([R].*)').COLUMN1", "EA");
        gives("KDA_REGEX_LOG_PARSE(V('HEALTHCARE'), '.*([E].).*([R].*)').COLUMN2", "RE");
        gives("KDA_REGEX_LOG_PARSE(V('ENERGY'), '.*([E].).*([R].*)').COLUMN1", "EN");
        gives("KDA_REGEX_LOG_PARSE(V('FINANCIAL'), '.*([E].).*([R].*)').COLUMN1", null);
        gives("KDA_FAST_REGEX_LOG_PARSE(V('Mary_had_a_little_lamb'), '(.*)_(._.*)_.*').COLUMN1", "Mary_had");
        gives("KDA_FAST_REGEX_LOG_PARSE(V('Mary_had_a_little_lamb'), '(.*)_(._.*)_.*').COLUMN2", "a_little_lamb");
        gives("KDA_FAST_REGEX_LOG_PARSE(V('Mary_had_a_little_lamb'), '(.*)_+(._.*)').COLUMN1", null);
        gives("KDA_FAST_REGEX_LOG_PARSE(V('Mary____had_a_little_lamb'), '(.*)_+(.*)').COLUMN1", "Mary");
        gives("KDA_FAST_REGEX_LOG_PARSE(V('Mary____had_a_little_lamb'), '(.*)_+(.*)').COLUMN2", "had_a_little_lamb");
        gives(
                "KDA_FAST_REGEX_LOG_PARSE(V('Mary____had_a_little_lamb'), '(.*)_+(<Alpha>.*)').COLUMN2",
                "had_a_little_lamb");
        gives("KDA_FAST_REGEX_LOG_PARSE(V('7 a.b; x'), '(<Digit>+) (\"a.b\");.*').COLUMN1", "7");
        gives(
                "CAST(KDA_SYS_LOG_PARSE(V('Oct 11 22:14:15 mymachine su: failed')).COLUMN1 AS STRING)",
                "1970-10-11 22:14:15.000");
        gives("KDA_SYS_LOG_PARSE(V('Oct  1 22:14:15 mymachine su: failed')).COLUMN2", "mymachine su: failed");
        gives("KDA_SYS_LOG_PARSE(V('yesterday something happened')).COLUMN2", null);
        gives(
                "KDA_VARIABLE_COLUMN_LOG_PARSE(V('a,b,c,d'), 'COL_1 TYPE VARCHAR(16), COL_2 TYPE VARCHAR(16), \"col 3\" TYPE VARCHAR(16)', ',').`col 3`",
                "c");
        gives("KDA_VARIABLE_COLUMN_LOG_PARSE(V('a\\,b|7|\"x|y\"'), '3', '|', '\\', '\"').COLUMN1", "a,b");
        gives("KDA_VARIABLE_COLUMN_LOG_PARSE(V('a|7|\"x|y\"'), '3', '|', '\\', '\"').COLUMN3", "x|y");
        gives("KDA_VARIABLE_COLUMN_LOG_PARSE(V('x,7'), 'A TYPE VARCHAR(9), B TYPE INTEGER', ',').B + 1", "8");
        gives("KDA_VARIABLE_COLUMN_LOG_PARSE(V('x,seven'), 'A TYPE VARCHAR(9), B TYPE INTEGER', ',').A", null);
        gives("KDA_VARIABLE_COLUMN_LOG_PARSE(V('x'), 'A TYPE VARCHAR(9), B TYPE INTEGER', ',').A", "x");
        gives("KDA_VARIABLE_COLUMN_LOG_PARSE(V('x'), 'A TYPE VARCHAR(9), B TYPE INTEGER NOT NULL', ',').A", null);
        gives(
                "CAST(KDA_VARIABLE_COLUMN_LOG_PARSE(V('24/May/2004:22:01:02'), 'T TYPE TIMESTAMP ''dd/MMM/yyyy:HH:mm:ss''', ',').T AS STRING)",
                "2004-05-24 22:01:02.000");
        gives(
                "KDA_FIXED_COLUMN_LOG_PARSE(V('abc  12xyz'), 'a TYPE VARCHAR(9) START 0 FOR 3, n TYPE DECIMAL(5,1) START 3 FOR 4, z TYPE VARCHAR(9) START 7').N",
                "12.0");
        gives(
                "KDA_FIXED_COLUMN_LOG_PARSE(V('abc  12xyz'), 'a TYPE VARCHAR(9) START 0 FOR 3, n TYPE DECIMAL(5,1) START 3 FOR 4, z TYPE VARCHAR(2) START 7').Z",
                "xy");
        check();
    }

    @Test
    void whatDescribesNoLineIsRefusedWhenTheStatementIsChecked() {
        for (String call : List.of(
                "KDA_REGEX_LOG_PARSE('x', '(')",
                "KDA_REGEX_LOG_PARSE('x', 'no group')",
                "KDA_W3C_LOG_PARSE('x', '%Z')",
                "KDA_FAST_REGEX_LOG_PARSE('x', '(a&b)')",
                "KDA_VARIABLE_COLUMN_LOG_PARSE('x', 'A VARCHAR, B TYPE', ',')",
                "KDA_FIXED_COLUMN_LOG_PARSE('x', 'A TYPE INTEGER')",
                "KDA_VARIABLE_COLUMN_LOG_PARSE('x', 'A TYPE MONEY', ',')",
                "KDA_REGEX_LOG_PARSE('x', V('(x)'))")) {
            assertThatThrownBy(() -> flink.sql.explainSql("SELECT " + call))
                    .as(call)
                    .hasStackTraceContaining("ValidationException");
        }
    }

    @Test
    void aRegularExpressionThatWouldTakeForEverEnds() {
        String text = "a".repeat(5000) + "!";
        assertThat(new SubstringRegex().eval(text, "^(a+)+$")).isNull();
        assertThat(new SubstringRegex().eval(text, "^(?=a)(a+)+$")).isNull();
        assertThat(new SubstringRegex().eval(text, "(?=a)(((a{0,100}){0,100}){0,100}){0,100}b"))
                .isNull();
        assertThat(new Similar().eval(text, "(a|a|aa)*b")).isFalse();
    }

    @Test
    void deviationsAreDoublesWhateverTheirArgument() throws Exception {
        assertThat(flink.rows("""
                        SELECT KDA_STDDEV_POP(N), KDA_VAR_SAMP(N), KDA_VAR_POP(CAST(N AS DECIMAL(5,2))), KDA_STDDEV_SAMP(NULLIF(N, N)), KDA_ANY(N > 3), KDA_EVERY(N > 3)
                          FROM (VALUES (2), (4), (4), (4), (5), (5), (7), (9), (CAST(NULL AS INT))) AS T(N)""")).last().isEqualTo("+U[2.0, 4.571428571428571, 4.0, null, true, false]");
    }
}
