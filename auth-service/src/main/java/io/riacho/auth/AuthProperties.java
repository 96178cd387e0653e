package io.riacho.auth;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * How identities are kept.
 *
 * @param folder what belongs to this service and is no table
 * @param rootKeyFile the key that seals all secrets; by default {@code root-key} in the folder, made at the first start
 */
@ConfigurationProperties("riacho.auth")
public record AuthProperties(Path folder, @Nullable Path rootKeyFile) {

    Path rootKey() {
        return rootKeyFile != null ? rootKeyFile : folder.resolve("root-key");
    }
}
