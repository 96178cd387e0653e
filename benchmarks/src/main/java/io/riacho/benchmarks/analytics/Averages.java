package io.riacho.benchmarks.analytics;

import java.time.Duration;

/** The application that is measured: each second the number and the average price of each ticker's records. */
final class Averages {

    static final Duration WINDOW = Duration.ofSeconds(1);

    static final String PREFIX = "TICKS";
    static final String OUTPUT = "AVERAGES";

    static final String CODE = """
            CREATE OR REPLACE STREAM "AVERAGES" (ticker VARCHAR(8), begins TIMESTAMP, ticks BIGINT, average DOUBLE);
            CREATE OR REPLACE PUMP "PUMP" AS INSERT INTO "AVERAGES"
              SELECT STREAM ticker, STEP("TICKS_001".ROWTIME BY INTERVAL '1' SECOND), COUNT(*), AVG(price)
              FROM "TICKS_001" GROUP BY ticker, STEP("TICKS_001".ROWTIME BY INTERVAL '1' SECOND);
            """;

    private static final String ACCOUNT = "000000000000";

    /** What the application acts as. */
    static final String ROLE_NAME = "benchmark-analyst";

    static final String ROLE = "arn:aws:iam::" + ACCOUNT + ":role/" + ROLE_NAME;

    private Averages() {}

    static String streamArn(String stream) {
        return "arn:aws:kinesis:us-east-1:" + ACCOUNT + ":stream/" + stream;
    }
}
