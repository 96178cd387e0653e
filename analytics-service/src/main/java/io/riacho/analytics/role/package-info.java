/** Sessions of the roles that applications act as. */
@NullMarked
package io.riacho.analytics.role;

import org.jspecify.annotations.NullMarked;
