/** How a service asks others, shown with roles of a test. */
@NullMarked
package io.riacho.access;

import org.jspecify.annotations.NullMarked;
