package io.riacho.analytics;

import io.riacho.access.OwnTls;
import io.riacho.analytics.job.CodeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * What this service and its jobs trust other services by.
 *
 * @param file null where nothing is trusted beyond what Java trusts
 */
record TrustedCertificates(@Nullable Path file, OwnTls own) {

    /**
     * For jobs, which have no certificate of their own.
     *
     * @throws CodeException where they could not come through to this server
     */
    @Nullable
    String pem() {
        if (own.needsClientCertificate()) {
            throw new CodeException(
                    "Jobs have no certificate to show to this server, which riacho.tls.client-auth=need asks of"
                            + " all: set riacho.http.enabled, or riacho.analytics.kinesis to where they need none.",
                    0,
                    0);
        }
        if (own.needsName()) {
            throw new CodeException(
                    "Jobs do not know this server by a name of its certificate: set riacho.analytics.kinesis,"
                            + " riacho.analytics.firehose and riacho.analytics.url to its HTTPS URL by such a name.",
                    0,
                    0);
        }
        try {
            return file == null ? null : Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException("The certificates in " + file + " cannot be read", e);
        }
    }
}
