/** Secrets on disk. */
@NullMarked
package io.riacho.protocol.secret;

import org.jspecify.annotations.NullMarked;
