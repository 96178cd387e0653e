/** OAuth2 and OpenID Connect: clients, sign-in, and the access tokens that callers show. */
@NullMarked
package io.riacho.auth.oauth;

import org.jspecify.annotations.NullMarked;
