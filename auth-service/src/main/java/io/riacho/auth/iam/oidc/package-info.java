/** OpenID Connect providers, whose tokens roles may trust. */
@NullMarked
package io.riacho.auth.iam.oidc;

import org.jspecify.annotations.NullMarked;
