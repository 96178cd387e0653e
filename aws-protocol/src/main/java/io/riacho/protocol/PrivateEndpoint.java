package io.riacho.protocol;

import io.riacho.policy.NamedPolicy;
import org.jspecify.annotations.Nullable;

/**
 * A listener of its own with a policy of its own, what AWS calls an interface VPC endpoint.
 *
 * @param id such as {@code vpce-0a1b2c3d}, the value of {@code aws:SourceVpce}
 * @param vpc the value of {@code aws:SourceVpc}; null where none was given
 */
public record PrivateEndpoint(String id, @Nullable String vpc, NamedPolicy policy) {

    /** The name under which a request carries the endpoint that it came through; only the listener sets it. */
    public static final String ATTRIBUTE = "io.riacho.protocol.PrivateEndpoint";
}
