package io.riacho.flink.access;

import java.io.Serializable;
import java.net.URI;
import org.apache.flink.configuration.ReadableConfig;
import org.apache.flink.table.api.ValidationException;
import org.jspecify.annotations.Nullable;
import software.amazon.awssdk.auth.credentials.AwsBasicCredentials;
import software.amazon.awssdk.auth.credentials.AwsCredentialsProvider;
import software.amazon.awssdk.auth.credentials.DefaultCredentialsProvider;
import software.amazon.awssdk.auth.credentials.StaticCredentialsProvider;

/** Where a job gets its credentials from, wherever it runs. */
public sealed interface CredentialSource extends Serializable {

    /** A provider that belongs to the caller. */
    AwsCredentialsProvider open(@Nullable String trustedCa);

    /** @throws ValidationException where one half of a key is missing */
    static CredentialSource of(ReadableConfig table, ReadableConfig session) {
        String id = table.getOptional(AccessOptions.ACCESS_KEY_ID).orElse(null);
        String secret = table.getOptional(AccessOptions.SECRET_KEY).orElse(null);
        if (id != null && secret != null) {
            return new Fixed(id, secret);
        }
        if (id != null || secret != null) {
            throw new ValidationException("'" + AccessOptions.ACCESS_KEY_ID.key() + "' and '"
                    + AccessOptions.SECRET_KEY.key() + "' go together");
        }
        String uri = table.getOptional(AccessOptions.CREDENTIALS_URI)
                .or(() -> session.getOptional(AccessOptions.SESSION_CREDENTIALS_URI))
                .orElse(null);
        return uri == null
                ? new Surroundings()
                : new Endpoint(
                        ServiceAccess.uri(uri),
                        session.getOptional(AccessOptions.SESSION_CREDENTIALS_TOKEN)
                                .orElse(""));
    }

    /** An access key that stays. */
    record Fixed(String accessKeyId, String secretKey) implements CredentialSource {

        private static final long serialVersionUID = 1L;

        @Override
        public AwsCredentialsProvider open(@Nullable String trustedCa) {
            return StaticCredentialsProvider.create(AwsBasicCredentials.create(accessKeyId, secretKey));
        }

        @Override
        public String toString() {
            return "Fixed[" + accessKeyId + "]";
        }
    }

    /** Sessions that an endpoint gives to who has its token. */
    record Endpoint(URI uri, String token) implements CredentialSource {

        private static final long serialVersionUID = 1L;

        @Override
        public AwsCredentialsProvider open(@Nullable String trustedCa) {
            return new EndpointCredentials(uri, token, Trust.httpClient(trustedCa));
        }

        @Override
        public String toString() {
            return "Endpoint[" + uri + "]";
        }
    }

    /** What the AWS SDK finds where the job runs: environment, files, instance. */
    record Surroundings() implements CredentialSource {

        private static final long serialVersionUID = 1L;

        @Override
        public AwsCredentialsProvider open(@Nullable String trustedCa) {
            return DefaultCredentialsProvider.builder().build();
        }
    }
}
