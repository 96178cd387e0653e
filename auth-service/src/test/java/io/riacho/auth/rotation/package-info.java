/** Keys that are exchanged, over a real database. */
@NullMarked
package io.riacho.auth.rotation;

import org.jspecify.annotations.NullMarked;
