/** How often strangers may try. */
@NullMarked
package io.riacho.auth.limit;

import org.jspecify.annotations.NullMarked;
