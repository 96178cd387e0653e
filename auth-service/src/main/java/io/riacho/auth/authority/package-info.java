/** Which access keys there are: the keys that requests are verified with, and whose they are. */
@NullMarked
package io.riacho.auth.authority;

import org.jspecify.annotations.NullMarked;
