/** Objects in buckets, which applications read as their roles. */
@NullMarked
package io.riacho.analytics.bucket;

import org.jspecify.annotations.NullMarked;
