/** Temporary credentials for programs that hold an access token, and the early end of sessions. */
@NullMarked
package io.riacho.auth.credentials;

import org.jspecify.annotations.NullMarked;
