/** Tests. */
@NullMarked
package io.riacho.analytics.bucket;

import org.jspecify.annotations.NullMarked;
