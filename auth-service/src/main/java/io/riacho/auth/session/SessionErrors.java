package io.riacho.auth.session;

import io.riacho.protocol.AwsException;

/** What AWS answers to temporary credentials that are no longer good. */
final class SessionErrors {

    private SessionErrors() {}

    static AwsException expired() {
        return AwsException.of("ExpiredTokenException", 400, "The security token included in the request is expired");
    }

    static AwsException unavailable() {
        return AwsException.of(
                "ServiceUnavailableException", 503, "The request has failed due to a temporary failure of the server.");
    }
}
