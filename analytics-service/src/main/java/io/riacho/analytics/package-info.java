/** Continuous SQL on Apache Flink. */
@NullMarked
package io.riacho.analytics;

import org.jspecify.annotations.NullMarked;
