package io.riacho.analytics.sql;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.riacho.analytics.job.CodeException;
import io.riacho.analytics.job.CodeRules;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FlinkSqlStatementsTest {

    @Test
    void statementsAreSplitWhereTheyEndAndNowhereElse() {
        FlinkSqlStatements statements = read("""
            -- a comment; with a semicolon
            CREATE TABLE `a;b` (x STRING) WITH ('connector' = 'datagen'); /* another; one */
            CREATE VIEW v AS SELECT 'it''s; one' AS y FROM `a;b`;
            SET 'table.exec.state.ttl' = '1 h';
            INSERT INTO c SELECT y FROM v;;
            EXECUTE STATEMENT SET BEGIN
            INSERT INTO d SELECT y FROM v;
            INSERT INTO e SELECT y FROM v;
            END\
            """);

        assertThat(statements.definitions())
                .extracting(String::strip)
                .containsExactly(
                        "CREATE TABLE `a;b` (x STRING) WITH ('connector' = 'datagen')",
                        "CREATE VIEW v AS SELECT 'it''s; one' AS y FROM `a;b`");
        assertThat(statements.inserts())
                .extracting(String::strip)
                .containsExactly(
                        "INSERT INTO c SELECT y FROM v",
                        "INSERT INTO d SELECT y FROM v",
                        "INSERT INTO e SELECT y FROM v");
        assertThat(statements.settings()).containsEntry("table.exec.state.ttl", "1 h");
    }

    @Test
    void aStatementStandsAtTheLineAndColumnOfTheCode() {
        String code = "SET 'table.local-time-zone' = 'UTC';\r\n\tINSERT INTO a SELECT 1; INSERT INTO b SELECT 2";

        FlinkSqlStatements statements = read(code);

        assertThat(statements.inserts())
                .containsExactly("\n INSERT INTO a SELECT 1", "\n" + " ".repeat(25) + "INSERT INTO b SELECT 2");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (x INT) WITH ('connector' = 'filesystem')",
                "CREATE TABLE a (x INT) WITH ('CONNECTOR' = 'filesystem')",
                "CREATE TABLE a (x INT) WITH (' connector' = 'jdbc')",
                "CREATE TABLE a (x INT) WITH ('conn' 'ector' = 'filesystem')",
                "CREATE TABLE a (x INT) WITH (U&'\\0063onnector' = 'filesystem')",
                "CREATE TABLE a (x INT) WITH (_utf8'connector' = 'filesystem')",
                "CREATE TABLE a (x INT) WITH ('connector' = 'kinesis' 'x')",
                "CREATE TABLE a (x INT) WITH ('connector' = 'kinesis', 'aws.credentials.uri' = 'http://x')",
                "CREATE TABLE a (x INT) WITH ('connector' = 'function', 'function.url' = 'http://x')",
                "CREATE TABLE a AS SELECT 1",
                "CREATE TABLE a WITH ('connector' = 'blackhole') AS SELECT 1",
                "ALTER TABLE a SET ('connector' = 'filesystem')",
                "INSERT INTO a SELECT * FROM b /*+ OPTIONS('connector' = 'filesystem') */",
                "INSERT INTO a SELECT * FROM b /*+ OPTIONS(connector = 'filesystem') */",
                "INSERT INTO a SELECT * FROM b /*+ OPTIONS(`connector` = 'filesystem') */",
                "CREATE CATALOG c WITH ('type' = 'jdbc')",
                "CREATE FUNCTION f AS 'java.lang.Runtime'",
                "CREATE FUNCTION f AS 'io.riacho.flink.function.Step' USING JAR 'x.jar'",
                "CREATE FUNCTION f AS 'io.riacho.flink.function.Step' LANGUAGE PYTHON",
                "ADD JAR 'x.jar'",
                "LOAD MODULE hive",
                "USE CATALOG c",
                "SELECT 1",
                "COMPILE PLAN 'file:///x' FOR INSERT INTO a SELECT 1",
                "EXECUTE PLAN 'file:///x'",
                "SET 'riacho.credentials.token' = 'x'",
                "SET 'pipeline.jars' = 'file:///x.jar'",
                "SET a = b",
                "BEGIN STATEMENT SET; CREATE VIEW v AS SELECT 1; END",
                "BEGIN STATEMENT SET; INSERT INTO a SELECT 1",
                "INSERT INTO a SELECT 1; DROP TABLE a",
                "END",
                "INSERT INTO a SELECT \u0001"
            })
    void whatAnApplicationMayNotSayIsRefused(String code) {
        assertThatThrownBy(() -> read(code)).isInstanceOf(CodeException.class);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "CREATE TABLE a (x INT, y AS x + 1) PARTITIONED BY (x) WITH ('connector' = 'kinesis', 'format' ="
                        + " 'json')",
                "CREATE TEMPORARY SYSTEM FUNCTION f AS 'io.riacho.flink.function.Step' LANGUAGE JAVA",
                "CREATE OR REPLACE TEMPORARY VIEW v AS SELECT 1",
                "INSERT INTO a SELECT * FROM b WHERE connector = 'filesystem' AND x = 'a'",
                "INSERT INTO a SELECT * FROM b /*+ OPTIONS('source.init.position' = 'TRIM_HORIZON') */",
                "DROP TABLE IF EXISTS a; INSERT INTO a SELECT 1",
                ""
            })
    void whatItMaySayIsTaken(String code) {
        assertThat(read(code)).isNotNull();
    }

    @Test
    void thereAreOnlySoManyStatements() {
        assertThatThrownBy(() -> read("INSERT INTO a SELECT 1;".repeat(301)))
                .isInstanceOf(CodeException.class)
                .hasMessageContaining("300");
    }

    @Test
    void dataOfNothingIsTakenWhereTheServerAllowsIt() {
        String code = "CREATE TABLE a (x INT) WITH ('connector' = 'datagen')";

        assertThat(read(code)).isNotNull();
        assertThatThrownBy(() -> FlinkSqlStatements.read(code, new CodeRules(CodeRules.CONNECTORS)))
                .isInstanceOf(CodeException.class)
                .hasMessageContaining("blackhole, firehose, function, kinesis, reference");
    }

    private static FlinkSqlStatements read(String code) {
        return FlinkSqlStatements.read(code, new CodeRules(Set.of("kinesis", "function", "datagen", "blackhole")));
    }
}
