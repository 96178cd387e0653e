/** Snapshots: savepoints of Flink applications that have names. */
@NullMarked
package io.riacho.analytics.snapshot;

import org.jspecify.annotations.NullMarked;
