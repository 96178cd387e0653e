/** The root key, under which every secret at rest is sealed. */
@NullMarked
package io.riacho.auth.root;

import org.jspecify.annotations.NullMarked;
