/** Tests. */
@NullMarked
package io.riacho.analytics.second;

import org.jspecify.annotations.NullMarked;
