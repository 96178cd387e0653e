package io.riacho.s3;

import io.riacho.protocol.signature.RootCredentials;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;

/**
 * Who may sign requests.
 *
 * @param root Riacho's root
 * @param service of a service that shall not have the root's key, which would do for all of Riacho
 */
record AccessKeys(RootCredentials root, @Nullable Service service) {

    /** Good for this S3 and nothing else. */
    record Service(String accessKeyId, String secretAccessKey) {

        @Override
        public String toString() {
            return "Service[" + accessKeyId + "]";
        }
    }

    AccessKeys {
        if (service != null && service.accessKeyId.equals(root.accessKeyId())) {
            throw new IllegalStateException("riacho.s3.access-key-id is the root's; it has to be another");
        }
    }

    /** @throws IllegalStateException where only one of both settings of the service's key is there */
    static AccessKeys of(Environment environment, Path dataFolder) {
        String id = environment.getProperty("riacho.s3.access-key-id", "");
        String secret = environment.getProperty("riacho.s3.secret-access-key", "");
        if (id.isBlank() != secret.isBlank()) {
            throw new IllegalStateException("riacho.s3.access-key-id and .secret-access-key have to be set together");
        }
        return new AccessKeys(
                RootCredentials.of(environment::getProperty, dataFolder),
                id.isBlank() ? null : new Service(id.strip(), secret.strip()));
    }

    /** Null for an access key that nobody knows. */
    @Nullable
    String secretOf(@Nullable String accessKeyId) {
        if (root.accessKeyId().equals(accessKeyId)) {
            return root.secretAccessKey();
        }
        return service != null && service.accessKeyId.equals(accessKeyId) ? service.secretAccessKey : null;
    }
}
