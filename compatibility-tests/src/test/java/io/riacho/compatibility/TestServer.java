package io.riacho.compatibility;

import static java.util.Objects.requireNonNull;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.net.URI;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * The server of a test class: the one at {@code RIACHO_URL} (with {@code AWS_ACCESS_KEY_ID} and {@code AWS_SECRET_ACCESS_KEY}; where its
 * services are apart, see {@link Endpoints}), or a
 * child process that starts with the first class that needs it, is shared by all, and stops after the last test.
 */
final class TestServer implements BeforeAllCallback {

    private static final ExtensionContext.Namespace NAMESPACE = ExtensionContext.Namespace.create(TestServer.class);

    private final String name;
    private final String[] properties;
    private @Nullable Target target;
    private @Nullable ServerProcess process;

    private TestServer(String name, String... properties) {
        this.name = name;
        this.properties = properties;
    }

    /** As it is delivered: with AWS's limits. */
    static TestServer asDelivered() {
        return new TestServer("as-delivered");
    }

    static TestServer withoutLimits() {
        return new TestServer("without-limits", "--riacho.streams.limits.enabled=false");
    }

    Target target() {
        return requireNonNull(target, "beforeAll has run");
    }

    /** The S3 beside it; the test is skipped where the server is {@code RIACHO_URL}'s and no {@code RIACHO_S3_URL} says where it is. */
    Target s3Target() {
        URI s3 = Endpoints.s3();
        if (process == null && s3 != null) {
            return target().over(s3, null);
        }
        assumeTrue(process != null, "needs the S3 that deliveries go to, which is not known of RIACHO_URL's");
        return requireNonNull(process).s3Target();
    }

    /** Over TLS; the test is skipped where the server is {@code RIACHO_URL}'s, whose CA is not known. */
    Target secureTarget() {
        assumeTrue(process != null, "needs the server's CA, which is not known of RIACHO_URL's");
        return requireNonNull(process).secureTarget();
    }

    @Override
    public void beforeAll(ExtensionContext context) {
        String url = System.getenv("RIACHO_URL");
        if (url != null) {
            target = new Target(URI.create(url), environment("AWS_ACCESS_KEY_ID"), environment("AWS_SECRET_ACCESS_KEY"))
                    .over(URI.create(url), Endpoints.ca());
        } else {
            process = context.getRoot()
                    .getStore(NAMESPACE)
                    .computeIfAbsent(name, key -> ServerProcess.started(name, properties), ServerProcess.class);
            target = process.target();
        }
    }

    /** For tests that must end or restart the server: they need one of their own. */
    static void assumeThatServersCanBeStarted() {
        assumeTrue(System.getenv("RIACHO_URL") == null, "kills the server, which RIACHO_URL's must be spared");
    }

    private static String environment(String variable) {
        return requireNonNull(System.getenv(variable), () -> "RIACHO_URL needs " + variable);
    }
}
