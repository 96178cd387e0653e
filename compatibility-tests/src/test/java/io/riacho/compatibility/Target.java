package io.riacho.compatibility;

import java.net.URI;
import java.time.Duration;

/**
 * Where a client connects, and as whom.
 *
 * @param clockOffset how far the client's clock is ahead of the true time
 * @param attempts how often the client tries a call in all, at least 1
 */
record Target(URI url, String accessKeyId, String secretAccessKey, Duration clockOffset, int attempts) {

    static final String REGION = "us-east-1";

    static final String ACCOUNT = "000000000000";

    Target(URI url, String accessKeyId, String secretAccessKey) {
        this(url, accessKeyId, secretAccessKey, Duration.ZERO, 6);
    }

    Target withAccessKeyId(String other) {
        return new Target(url, other, secretAccessKey, clockOffset, attempts);
    }

    Target withSecretAccessKey(String other) {
        return new Target(url, accessKeyId, other, clockOffset, attempts);
    }

    Target withClockOffset(Duration offset) {
        return new Target(url, accessKeyId, secretAccessKey, offset, attempts);
    }

    Target withoutRetries() {
        return new Target(url, accessKeyId, secretAccessKey, clockOffset, 1);
    }

    @Override
    public String toString() {
        return url + " as " + accessKeyId;
    }
}
