/** Private endpoints: listeners of their own, with an id, the networks that may connect, and a policy. */
@NullMarked
package io.riacho.protocol.endpoint;

import org.jspecify.annotations.NullMarked;
