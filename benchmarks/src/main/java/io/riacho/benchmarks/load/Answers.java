package io.riacho.benchmarks.load;

import java.nio.charset.StandardCharsets;

/** What is looked at in an answer of a write, without parsing it whole. */
final class Answers {

    private static final byte[] FAILED_RECORD_COUNT = "\"FailedRecordCount\"".getBytes(StandardCharsets.US_ASCII);
    /** The member is the first or the last one in most answers. */
    private static final int NEAR = 48;

    private Answers() {}

    static void checkOk(ResponseReader answer) {
        if (answer.status() != 200) {
            throw new IllegalStateException("HTTP " + answer.status() + ": " + answer.bodyAsText());
        }
    }

    static void checkNoneFailed(ResponseReader answer, Encoding encoding) {
        checkOk(answer);
        int value = failedRecordCount(answer, encoding);
        if (value < 0 || answer.array()[value] != (encoding == Encoding.CBOR ? 0 : '0')) {
            String text = answer.bodyAsText();
            throw new IllegalStateException(
                    "PutRecords left records out: " + text.substring(0, Math.min(400, text.length())));
        }
    }

    /** Where the value of FailedRecordCount begins, or -1. */
    private static int failedRecordCount(ResponseReader answer, Encoding encoding) {
        int start = answer.bodyStart();
        int end = answer.bodyEnd();
        int found = find(answer.array(), start, Math.min(end, start + NEAR), encoding);
        if (found < 0) {
            found = find(answer.array(), Math.max(start, end - NEAR), end, encoding);
        }
        return found >= 0 ? found : find(answer.array(), start, end, encoding);
    }

    private static int find(byte[] bytes, int from, int to, Encoding encoding) {
        int quotes = encoding == Encoding.CBOR ? 1 : 0;
        int length = FAILED_RECORD_COUNT.length - 2 * quotes;
        for (int i = from; i + length < to; i++) {
            int same = 0;
            while (same < length && bytes[i + same] == FAILED_RECORD_COUNT[same + quotes]) {
                same++;
            }
            if (same == length) {
                return encoding == Encoding.CBOR ? i + length : jsonValue(bytes, i + length, to);
            }
        }
        return -1;
    }

    private static int jsonValue(byte[] bytes, int from, int to) {
        int i = from;
        while (i < to && (bytes[i] == ' ' || bytes[i] == ':')) {
            i++;
        }
        return i < to ? i : -1;
    }
}
