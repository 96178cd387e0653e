/** The root key. */
@NullMarked
package io.riacho.auth.root;

import org.jspecify.annotations.NullMarked;
