/** Tests. */
@NullMarked
package io.riacho.analytics.job;

import org.jspecify.annotations.NullMarked;
