/** Identity providers that mean harm. */
@NullMarked
package io.riacho.auth.webidentity;

import org.jspecify.annotations.NullMarked;
