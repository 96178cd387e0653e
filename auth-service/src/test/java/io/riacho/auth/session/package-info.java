/** Session tokens and who tampers with them. */
@NullMarked
package io.riacho.auth.session;

import org.jspecify.annotations.NullMarked;
