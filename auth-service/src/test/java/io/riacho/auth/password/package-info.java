/** Users' passwords. */
@NullMarked
package io.riacho.auth.password;

import org.jspecify.annotations.NullMarked;
