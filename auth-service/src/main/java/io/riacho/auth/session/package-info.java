/** Temporary credentials, whose session is in their token. */
@NullMarked
package io.riacho.auth.session;

import org.jspecify.annotations.NullMarked;
