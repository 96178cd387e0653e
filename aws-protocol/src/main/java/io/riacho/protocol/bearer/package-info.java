/** Authentication by OAuth2 bearer tokens (RFC 6750). */
@NullMarked
package io.riacho.protocol.bearer;

import org.jspecify.annotations.NullMarked;
