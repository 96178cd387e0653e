package io.riacho.compatibility;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where a client connects, and as whom.
 *
 * @param sessionToken of temporary credentials
 * @param ca the certificate by which the server is trusted; null where it is one that the client knows anyway, or without TLS
 * @param clockOffset how far the client's clock is ahead of the true time
 * @param attempts how often the client tries a call in all, at least 1
 */
record Target(
        URI url,
        String accessKeyId,
        String secretAccessKey,
        @Nullable String sessionToken,
        @Nullable Path ca,
        Duration clockOffset,
        int attempts) {

    static final String REGION = "us-east-1";

    static final String ACCOUNT = "000000000000";

    Target(URI url, String accessKeyId, String secretAccessKey) {
        this(url, accessKeyId, secretAccessKey, null, null, Duration.ZERO, 6);
    }

    Target withAccessKeyId(String other) {
        return new Target(url, other, secretAccessKey, sessionToken, ca, clockOffset, attempts);
    }

    Target withSecretAccessKey(String other) {
        return new Target(url, accessKeyId, other, sessionToken, ca, clockOffset, attempts);
    }

    /** The same server for somebody else. */
    Target as(String otherAccessKeyId, String otherSecretAccessKey, @Nullable String otherSessionToken) {
        return new Target(url, otherAccessKeyId, otherSecretAccessKey, otherSessionToken, ca, clockOffset, attempts);
    }

    Target over(URI otherUrl, @Nullable Path otherCa) {
        return new Target(otherUrl, accessKeyId, secretAccessKey, sessionToken, otherCa, clockOffset, attempts);
    }

    Target withClockOffset(Duration offset) {
        return new Target(url, accessKeyId, secretAccessKey, sessionToken, ca, offset, attempts);
    }

    Target withoutRetries() {
        return new Target(url, accessKeyId, secretAccessKey, sessionToken, ca, clockOffset, 1);
    }

    @Override
    public String toString() {
        return url + " as " + accessKeyId;
    }
}
