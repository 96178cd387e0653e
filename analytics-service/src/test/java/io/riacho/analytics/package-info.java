/** Tests. */
@NullMarked
package io.riacho.analytics;

import org.jspecify.annotations.NullMarked;
