/** Sees configuration files change while the server runs. */
@NullMarked
package io.riacho.protocol.watch;

import org.jspecify.annotations.NullMarked;
