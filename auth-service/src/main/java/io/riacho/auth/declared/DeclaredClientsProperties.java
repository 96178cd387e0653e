package io.riacho.auth.declared;

import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;

/**
 * The clients that there are without being made by the API.
 *
 * @param clients each with a name of its own
 */
@ConfigurationProperties("riacho.auth")
public record DeclaredClientsProperties(@DefaultValue List<DeclaredClient> clients) {

    private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9-]{1,39}");
    /** Ids of clients that the API makes begin so. */
    private static final String MADE_ELSEWHERE = "rc-";

    public DeclaredClientsProperties {
        clients = List.copyOf(clients);
        Set<String> names = new HashSet<>();
        for (DeclaredClient client : clients) {
            if (!NAME.matcher(client.name).matches() || client.name.startsWith(MADE_ELSEWHERE)) {
                throw new InvalidConfigurationPropertyValueException(
                        "riacho.auth.clients",
                        client.name,
                        "A name has 2 to 40 small letters, digits or hyphens, begins with a letter and not with rc-.");
            }
            if (!names.add(client.name)) {
                throw new InvalidConfigurationPropertyValueException(
                        "riacho.auth.clients", client.name, "There are two of that name.");
            }
        }
    }

    /**
     * A client.
     *
     * @param name its {@code client_id}
     * @param secretFile holds its secret and nothing else; read at the start
     * @param policy what it may do: a policy of IAM's language, or the name of a file that holds one
     */
    public record DeclaredClient(
            String name,
            @Nullable Path secretFile,
            @Nullable String policy) {

        Path requireSecretFile() {
            if (secretFile == null) {
                throw missing("secret-file");
            }
            return secretFile;
        }

        String requirePolicy() {
            if (policy == null || policy.isBlank()) {
                throw missing("policy");
            }
            return policy.strip();
        }

        private InvalidConfigurationPropertyValueException missing(String property) {
            return new InvalidConfigurationPropertyValueException(
                    "riacho.auth.clients", name, "It needs a " + property + ".");
        }
    }
}
