/** Encryption of streams at rest: which keys, from where, who may use them, and the operations that turn it on and off. */
@NullMarked
package io.riacho.streams.encryption;

import org.jspecify.annotations.NullMarked;
