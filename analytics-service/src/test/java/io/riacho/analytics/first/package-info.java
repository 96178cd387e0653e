/** Tests. */
@NullMarked
package io.riacho.analytics.first;

import org.jspecify.annotations.NullMarked;
