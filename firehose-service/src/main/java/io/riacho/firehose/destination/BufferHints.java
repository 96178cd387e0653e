package io.riacho.firehose.destination;

import java.time.Duration;

/**
 * When what is buffered is delivered: as soon as one of both is reached, or earlier where memory is scarce.
 *
 * @param bytes at least 1
 * @param interval of the oldest record in the buffer; zero for at once
 */
public record BufferHints(long bytes, Duration interval) {

    private static final long MEBIBYTE = 1024 * 1024;

    public static BufferHints of(int mebibytes, int seconds) {
        return new BufferHints(mebibytes * MEBIBYTE, Duration.ofSeconds(seconds));
    }
}
