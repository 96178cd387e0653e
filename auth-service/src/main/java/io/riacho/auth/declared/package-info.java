/** OAuth2 clients that the configuration names, such as the other services of an installation. */
@NullMarked
package io.riacho.auth.declared;

import org.jspecify.annotations.NullMarked;
