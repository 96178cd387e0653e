/** Identities and what they may do: IAM, STS, OAuth2 and KMS. */
@NullMarked
package io.riacho.auth;

import org.jspecify.annotations.NullMarked;
