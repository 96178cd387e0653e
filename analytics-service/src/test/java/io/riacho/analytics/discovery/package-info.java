/** Tests. */
@NullMarked
package io.riacho.analytics.discovery;

import org.jspecify.annotations.NullMarked;
