/** Takes requests from HTTP to the operations that serve them. A service imports {@link io.riacho.protocol.server.AwsProtocolConfiguration}. */
@NullMarked
package io.riacho.protocol.server;

import org.jspecify.annotations.NullMarked;
