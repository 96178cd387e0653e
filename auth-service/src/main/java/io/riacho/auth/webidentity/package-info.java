/** Tokens of identity providers (OpenID Connect), and the careful way to their keys. */
@NullMarked
package io.riacho.auth.webidentity;

import org.jspecify.annotations.NullMarked;
