package io.riacho.protocol.endpoint;

import io.riacho.policy.InvalidPolicyException;
import io.riacho.policy.NamedPolicy;
import io.riacho.policy.PolicyDocument;
import io.riacho.policy.PolicyKind;
import io.riacho.protocol.watch.FileWatch;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The policy of an endpoint, which follows its file. A file that is missing or wrong changes nothing: what was in force
 * before stays in force, as it would where a change through an API is refused.
 */
final class EndpointPolicy {

    private static final Logger LOG = LoggerFactory.getLogger(EndpointPolicy.class);

    /** What AWS gives an endpoint without one. */
    private static final String ALLOWS_ALL = """
            {"Version": "2012-10-17", "Statement": [
              {"Effect": "Allow", "Principal": "*", "Action": "*", "Resource": "*"}]}
            """;

    private static final long LARGEST = 1 << 20;

    private final String name;
    private final @Nullable Path file;
    private final @Nullable FileWatch watch;
    private volatile NamedPolicy current;

    private EndpointPolicy(String name, String text) {
        this.name = name;
        this.file = null;
        this.watch = null;
        this.current = parse(text);
    }

    private EndpointPolicy(String name, Path file) throws IOException {
        this.name = name;
        this.file = file;
        this.watch = new FileWatch(List.of(file));
        this.current = parse(read(file));
    }

    /**
     * @param setting the policy's JSON, or the name of its file; null for one that allows everything
     * @throws IOException where there is no such file
     * @throws InvalidPolicyException where it is no policy of an endpoint
     */
    static EndpointPolicy of(String endpointId, @Nullable String setting) throws IOException {
        if (setting == null) {
            return new EndpointPolicy(endpointId, ALLOWS_ALL);
        }
        return setting.stripLeading().startsWith("{")
                ? new EndpointPolicy(endpointId, setting)
                : new EndpointPolicy(endpointId, Path.of(setting.strip()));
    }

    NamedPolicy current() {
        return current;
    }

    /** Looks whether the file has changed. For one thread. */
    void look() {
        if (file == null || watch == null || !watch.hasChanged()) {
            return;
        }
        try {
            current = parse(read(file));
            LOG.info("{}: the policy in {} is in force", name, file);
        } catch (IOException | InvalidPolicyException e) {
            LOG.error("{}: {} holds no policy ({}); the one before stays in force", name, file, e.toString());
        }
    }

    private NamedPolicy parse(String text) {
        return new NamedPolicy(name, PolicyDocument.parse(text, PolicyKind.ENDPOINT));
    }

    private static String read(Path file) throws IOException {
        if (Files.size(file) > LARGEST) {
            throw new IOException(file + " is larger than any policy");
        }
        return Files.readString(file);
    }
}
