/** Keys that are exchanged for new ones from time to time. */
@NullMarked
package io.riacho.auth.rotation;

import org.jspecify.annotations.NullMarked;
