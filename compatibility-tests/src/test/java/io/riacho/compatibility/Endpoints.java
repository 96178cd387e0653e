package io.riacho.compatibility;

import java.net.URI;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Where the services of {@code RIACHO_URL}'s server are, which may be apart: {@code RIACHO_AUTH_URL},
 * {@code RIACHO_FIREHOSE_URL} and {@code RIACHO_ANALYTICS_URL} name those that are not at that URL, {@code RIACHO_S3_URL} the S3 that
 * Firehose delivers to. {@code RIACHO_CA} is the certificate (PEM) by which all of them are trusted.
 */
final class Endpoints {

    private static final @Nullable String ALL = System.getenv("RIACHO_URL");

    private Endpoints() {}

    /** Where IAM, STS, KMS and OAuth2 are. */
    static URI auth(URI server) {
        return apart("RIACHO_AUTH_URL", server);
    }

    static URI firehose(URI server) {
        return apart("RIACHO_FIREHOSE_URL", server);
    }

    static URI analytics(URI server) {
        return apart("RIACHO_ANALYTICS_URL", server);
    }

    /** Null where it is not known. */
    static @Nullable URI s3() {
        String url = System.getenv("RIACHO_S3_URL");
        return url == null ? null : URI.create(url);
    }

    static @Nullable Path ca() {
        String file = System.getenv("RIACHO_CA");
        return file == null ? null : Path.of(file).toAbsolutePath();
    }

    private static URI apart(String variable, URI server) {
        String url = System.getenv(variable);
        return url != null && server.toString().equals(ALL) ? URI.create(url) : server;
    }
}
