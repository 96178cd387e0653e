/** Records to rows and rows to records, as an application's schema says. */
@NullMarked
package io.riacho.flink.format;

import org.jspecify.annotations.NullMarked;
