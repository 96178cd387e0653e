/** Tests. */
@NullMarked
package io.riacho.analytics.sql;

import org.jspecify.annotations.NullMarked;
