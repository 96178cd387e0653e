/** Tests of the service as a whole, and what they share. */
@NullMarked
package io.riacho.auth;

import org.jspecify.annotations.NullMarked;
