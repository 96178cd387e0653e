/** What Analytics answers where something is wrong. */
@NullMarked
package io.riacho.analytics.error;

import org.jspecify.annotations.NullMarked;
