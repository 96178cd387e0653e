package io.riacho.flink.access;

import java.io.Serializable;
import java.net.URI;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.arns.Arn;

/**
 * Where a service is, and as whom it is asked. Part of a job, so what it holds of secrets is a fixed key or a token only.
 *
 * @param endpoint null for AWS itself
 * @param trustedCa certificates in PEM; null for those that Java trusts
 */
public record ServiceAccess(
        String region, @Nullable URI endpoint, @Nullable String trustedCa, CredentialSource credentials)
        implements Serializable {

    private static final long serialVersionUID = 1L;

    /**
     * @param service {@code kinesis}, {@code firehose} or {@code s3}
     * @param arn of what is asked for, which names a region; null where it has none
     * @throws ValidationException where the options do not tell
     */
    public static ServiceAccess of(ReadableConfig table, ReadableConfig session, String service, @Nullable String arn) {
        String endpoint = or(
                table.getOptional(AccessOptions.ENDPOINT).orElse(null),
                session.getOptional(AccessOptions.sessionEndpoint(service)).orElse(null));
        return new ServiceAccess(
                region(table, session, arn),
                endpoint == null ? null : uri(endpoint),
                session.getOptional(AccessOptions.SESSION_TRUSTED_CA).orElse(null),
                CredentialSource.of(table, session));
    }

    private static String region(ReadableConfig table, ReadableConfig session, @Nullable String arn) {
        String set = table.getOptional(AccessOptions.REGION).orElse(null);
        if (set != null) {
            return set;
        }
        String named =
                arn == null ? null : Arn.tryFromString(arn).flatMap(Arn::region).orElse(null);
        String region =
                or(named, session.getOptional(AccessOptions.SESSION_REGION).orElse(null));
        if (region == null) {
            throw new ValidationException("A table needs '" + AccessOptions.REGION.key() + "'");
        }
        return region;
    }

    private static @Nullable String or(@Nullable String first, @Nullable String second) {
        return first != null ? first : second;
    }

    static URI uri(String text) {
        try {
            URI uri = URI.create(text);
            if (uri.getHost() != null && ("http".equals(uri.getScheme()) || "https".equals(uri.getScheme()))) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            throw new ValidationException("Not a URL: " + text, e);
        }
        throw new ValidationException("Not a URL: " + text);
    }
}
